// An image as a sequence of 28 rows: a bidirectional LSTM reads it, or the encoder of a Transformer looks at all rows at once.
// usage: sequences [lstm | transformer] [epochs] [folder]     writes curves.svg and, where Graphviz is installed, model.svg
using System.Globalization;
using DeepKeras.Datasets;
using DeepKeras.Plotting;
using DeepKeras.Schedules;

var kind = args.Length > 0 ? args[0] : "lstm";
var epochs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
var folder = Directory.CreateDirectory(args.Length > 2 ? args[2] : Path.Combine("out", "sequences")).FullName;
SetRandomSeed(1);

var ((xTrain, yTrain), (xTest, yTest)) = FashionMnist.Load();
var rows = Input(shape: (28, 28));
var model = kind switch
{
    "lstm" => new Model(rows, Lstm(Rescaling(1 / 255.0)(rows)), name: "rows_lstm"),
    "transformer" => new Model(rows, Transformer(Rescaling(1 / 255.0)(rows)), name: "rows_transformer"),
    _ => throw new ArgumentException($"'{kind}' is not known: lstm or transformer"),
};
model.Summary();
var rate = new CosineDecay(0.002, decaySteps: epochs * (60_000 / 128));
model.Compile(new Adam(rate), "sparse_categorical_crossentropy", metrics: ["accuracy"]);
var history = model.Fit(xTrain, yTrain, batchSize: 128, epochs: epochs, validationData: (xTest, yTest));
history.Plot(Path.Combine(folder, "curves.svg"), model.Name);
try
{
    Plot.Model(model, Path.Combine(folder, "model.svg"), showShapes: true, showLayerNames: true);
}
catch (KerasException failure)
{
    Console.WriteLine(failure.Message);
}
Console.WriteLine($"Test accuracy {model.Evaluate(xTest, yTest, batchSize: 500, verbose: 0)["accuracy"]:0.0000}; pictures in {Path.GetRelativePath(Environment.CurrentDirectory, folder)}");

static KerasTensor Lstm(KerasTensor t) => Classes(Bidirectional(LSTM(64))(t));

static KerasTensor Transformer(KerasTensor t)
{
    t = Dense(64)(t);
    // The rows' places, which attention does not see by itself.
    t = new Places().Apply(t);
    for (var block = 0; block < 2; block++)
    {
        t = LayerNormalization()(t + MultiHeadAttention(numHeads: 4, keyDim: 16, dropout: 0.1)(t, t));
        t = LayerNormalization()(t + Dropout(0.1)(Dense(64)(Dense(128, activation: "gelu")(t))));
    }
    return Classes(GlobalAveragePooling1D()(t));
}

static KerasTensor Classes(KerasTensor t) => Dense(10, activation: "softmax")(Dropout(0.2)(t));
