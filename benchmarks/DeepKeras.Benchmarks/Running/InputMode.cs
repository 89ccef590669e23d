namespace DeepKeras.Benchmarks.Running;

/// <summary>What an input pipeline's pass does.</summary>
internal enum InputMode
{
    /// <summary>Read, decode, resize, batch.</summary>
    Load,

    /// <summary>The same, then flip, rotate, and change brightness and contrast by chance.</summary>
    Augment,

    /// <summary>The augmented batches train the CIFAR-10 network.</summary>
    Train,
}
