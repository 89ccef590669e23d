namespace DeepKeras.Metrics;

/// <summary>The F1 score <c>2 · precision · recall / (precision + recall)</c> per class (Keras: <c>keras.metrics.F1Score</c>).</summary>
/// <remarks>
/// <b>Shapes</b> <c>(N, C), (N, C) → (C)</c>, or <c>()</c> with an average.
/// <code>model.Compile("adam", loss: "categorical_crossentropy", metrics: [new F1Score(average: "macro")]);</code>
/// </remarks>
/// <param name="average"><c>"micro"</c> (over all counts), <c>"macro"</c> (mean of the classes), <c>"weighted"</c> (by their frequency), or none: one score per class.</param>
/// <param name="threshold">Above it a prediction is positive; by default the largest of each row is.</param>
/// <param name="name">The name in logs.</param>
public sealed class F1Score(string? average = null, double? threshold = null, string? name = null) : FBetaScore(average, 1.0, threshold, name ?? "f1_score");
