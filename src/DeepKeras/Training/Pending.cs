namespace DeepKeras.Training;

/// <summary>Stand-ins until saving lands: an instance method of <see cref="Model"/> takes their place by itself, and this file goes.</summary>
internal static class Pending
{
    public static void Save(this Model model, string path) => throw new NotSupportedException($"Saving {model.Name} to {path} is not there yet.");

    public static void SaveWeights(this Model model, string path) => throw new NotSupportedException($"Saving the weights of {model.Name} to {path} is not there yet.");
}
