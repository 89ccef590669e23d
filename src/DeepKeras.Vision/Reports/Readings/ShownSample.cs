namespace DeepKeras.Vision.Reports;

/// <summary>A sample whose activation maps and attributions are drawn.</summary>
/// <param name="Inputs">Every input of the model, each as a batch of one.</param>
/// <param name="Picture">What it looks like.</param>
/// <param name="Prediction">What a classifier says about it.</param>
internal sealed record ShownSample(Tensor[] Inputs, Picture Picture, Prediction? Prediction);
