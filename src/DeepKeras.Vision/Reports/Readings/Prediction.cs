namespace DeepKeras.Vision.Reports;

/// <summary>What a classifier says about one sample.</summary>
/// <param name="TrueClass">What it is.</param>
/// <param name="Recognised">The most probable class.</param>
/// <param name="Confidence">The probability of that.</param>
internal readonly record struct Prediction(int TrueClass, int Recognised, double Confidence);
