namespace DeepKeras.Serialization;

/// <summary>What every format of weight files offers: a table of contents at once, the tensors one by one.</summary>
internal interface IWeightReader : IDisposable
{
    /// <summary>Every tensor, in the order of the file.</summary>
    IReadOnlyList<WeightEntry> Entries { get; }

    /// <summary>Texts and numbers that stand beside the tensors, by name.</summary>
    IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The names of what is no tensor of the state dict.</summary>
    IReadOnlyList<string> Skipped { get; }

    /// <summary>A tensor on the CPU, contiguous; the caller owns it.</summary>
    Tensor Read(string name);
}
