namespace DeepKeras.Losses;

/// <summary>What targets are, judged by shapes alone, as Keras judges for "accuracy" and "crossentropy".</summary>
internal enum TargetKind
{
    /// <summary>The output's last axis has one element.</summary>
    Binary,

    /// <summary>The targets have fewer axes than the output, or a last axis of one element.</summary>
    ClassNumbers,

    /// <summary>One entry per class.</summary>
    OneHot,
}
