namespace DeepKeras.Applications;

/// <summary>One of the classes that an image may show.</summary>
/// <param name="Index">The class, from 0: the place of its probability in the network's output.</param>
/// <param name="Name">Its English name: <c>"tabby"</c>.</param>
/// <param name="Probability">How likely the network finds it, 0 to 1.</param>
public sealed record ClassPrediction(int Index, string Name, float Probability);
