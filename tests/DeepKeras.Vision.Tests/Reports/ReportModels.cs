using static DeepKeras.Keras;

namespace DeepKeras.Vision.Tests.Reports;

/// <summary>Small models and data for reports; their weights are drawn, not trained.</summary>
internal static class ReportModels
{
    public const int Classes = 4;

    public static readonly string[] ClassNames = ["cat & dog", "<b>bird</b>", "\"frog\"", "it's"];

    /// <summary>Images (n, 12, 12, 3) of 0 … 1 and labels (n).</summary>
    public static (Tensor X, Tensor Y) Images(int count = 90, int seed = 5)
    {
        var random = new Random(seed);
        var pixels = new float[count * 12 * 12 * 3];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = random.NextSingle();
        return (Floats(pixels, count, 12, 12, 3), Integers([.. Enumerable.Range(0, count).Select(i => (long)random.Next(Classes))], count));
    }

    public static Sequential Classifier(string activation = "softmax")
    {
        SetRandomSeed(3);
        var model = new Sequential(name: "small_net");
        model.Add(Conv2D(6, 3, activation: "relu", inputShape: (12, 12, 3)));
        model.Add(MaxPooling2D());
        model.Add(Conv2D(20, 3, activation: "relu"));
        model.Add(Flatten());
        model.Add(Dropout(0.5));
        model.Add(Dense(8, activation: "relu"));
        model.Add(Dense(Classes, activation: activation));
        model.Compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        return model;
    }
}
