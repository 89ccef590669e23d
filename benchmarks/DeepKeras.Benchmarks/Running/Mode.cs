namespace DeepKeras.Benchmarks.Running;

/// <summary>What a step is.</summary>
internal enum Mode
{
    /// <summary>One optimizer step on one shuffled batch, with loss and accuracy.</summary>
    Train,

    /// <summary>The outputs of one large batch.</summary>
    Predict,

    /// <summary>The outputs of one row.</summary>
    Row,

    /// <summary>One step that trains a new head on a frozen base; by hand: the base's outputs, and one step of the head alone.</summary>
    Frozen,
}
