namespace DeepKeras.Conformance;

/// <summary>How a case can end.</summary>
internal enum OutcomeKind
{
    /// <summary>Every number agrees.</summary>
    Passed,

    /// <summary>A number or a shape differs, or the code threw.</summary>
    Failed,

    /// <summary>There is no class, option or kind of that name yet.</summary>
    Skipped,
}
