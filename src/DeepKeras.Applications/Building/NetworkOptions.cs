namespace DeepKeras.Applications.Building;

/// <summary>What every network of the zoo can be asked for, in Keras's words.</summary>
/// <param name="IncludeTop">Whether the classifier is there.</param>
/// <param name="Weights">A weight set's name, a file, or null for random weights.</param>
/// <param name="InputTensor">What the network is put on.</param>
/// <param name="InputShape">(height, width, channels).</param>
/// <param name="Pooling">"avg", "max" or null, without the classifier.</param>
/// <param name="Classes">How many classes the classifier tells apart.</param>
/// <param name="ClassifierActivation">The classifier's activation; softmax where null.</param>
/// <param name="Name">The model's name.</param>
internal sealed record NetworkOptions(
    bool IncludeTop,
    string? Weights,
    KerasTensor? InputTensor,
    Shape? InputShape,
    string? Pooling,
    int Classes,
    ActivationFunction? ClassifierActivation,
    string? Name);
