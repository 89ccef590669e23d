namespace DeepKeras.Vision.Reports;

/// <summary>A sample that was recognised wrongly.</summary>
/// <param name="Index">Its place in the data, from 0.</param>
/// <param name="TrueClass">What it is.</param>
/// <param name="Recognised">What it was taken for.</param>
/// <param name="Confidence">The probability given to the wrong class.</param>
/// <param name="TrueProbability">The probability given to the right one.</param>
/// <param name="Picture">What it looks like, where it is an image.</param>
internal sealed record Mistake(long Index, int TrueClass, int Recognised, double Confidence, double TrueProbability, Picture? Picture);
