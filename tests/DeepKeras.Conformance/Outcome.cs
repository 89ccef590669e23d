namespace DeepKeras.Conformance;

/// <summary>How a case ended, and why where it did not pass.</summary>
/// <param name="Kind">Passed, failed or skipped.</param>
/// <param name="Text">What differs, or what is missing.</param>
internal readonly record struct Outcome(OutcomeKind Kind, string Text)
{
    public static Outcome Passed => new(OutcomeKind.Passed, "");

    public static Outcome Failed(string text) => new(OutcomeKind.Failed, text);

    public static Outcome Skipped(string text) => new(OutcomeKind.Skipped, text);
}
