namespace DeepKeras.Layers;

/// <summary>
/// Whether a recurrent layer runs whole sequences by torch's own kernels (cuDNN's on a GPU): <c>"auto"</c> (wherever its settings allow it, the default),
/// <c>true</c> (settings that do not allow it are refused) or <c>false</c> (step by step always).
/// </summary>
public readonly record struct CudnnUse
{
    private CudnnUse(bool wanted) => Wanted = wanted;

    /// <summary>What was said; <see langword="null"/> for "auto".</summary>
    public bool? Wanted { get; }

    /// <inheritdoc/>
    public override string ToString() => Wanted switch { null => "auto", true => "true", false => "false" };

    /// <summary>Always or never.</summary>
    public static implicit operator CudnnUse(bool wanted) => new(wanted);

    /// <summary><c>"auto"</c>.</summary>
    /// <exception cref="KerasException">Any other text.</exception>
    public static implicit operator CudnnUse(string name) => name == "auto" ? default(CudnnUse) : throw Throw.UnknownName("useCudnn", name, ["auto", "true", "false"]);
}
