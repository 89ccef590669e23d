namespace DeepKeras.Benchmarks.Running;

/// <summary>Who is measured.</summary>
internal static class Engine
{
    /// <summary>DeepKeras: <c>Fit</c> and <c>Predict</c>.</summary>
    public const string Fit = "fit";

    /// <summary>Bare TorchSharp modules in a hand-written loop.</summary>
    public const string Loop = "loop";

    /// <summary>PyTorch eager, in Python.</summary>
    public const string PyTorch = "pytorch";

    /// <summary>In the order of the tables.</summary>
    public static readonly string[] All = [PyTorch, Loop, Fit];
}
