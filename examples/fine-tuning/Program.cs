// Transfer learning: a net trained on eight classes of Fashion-MNIST learns the two others from 200 images.
// usage: fine-tuning [pretraining epochs]
using System.Globalization;
using DeepKeras.Datasets;

var epochs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3;
SetRandomSeed(11);
const int Coat = 4, Shirt = 6, PerClass = 100, Draws = 5;

var ((xTrain, yTrain), (xTest, yTest)) = FashionMnist.Load();
xTrain = xTrain.to_type(torch.ScalarType.Float32).div(255).unsqueeze(-1);
xTest = xTest.to_type(torch.ScalarType.Float32).div(255).unsqueeze(-1);
yTrain = yTrain.to_type(torch.ScalarType.Int64);
yTest = yTest.to_type(torch.ScalarType.Int64);

// 1. Pretraining on the eight classes that are neither coats nor shirts.
var (xPre, yPre) = Others(xTrain, yTrain);
var (xPreTest, yPreTest) = Others(xTest, yTest);
Sequential modelPre =
[
    Conv2D(32, 3, padding: "same", activation: "relu", inputShape: (28, 28, 1)),
    MaxPooling2D(),
    Conv2D(64, 3, padding: "same", activation: "relu"),
    MaxPooling2D(),
    Flatten(),
    Dense(64, activation: "relu"),
    Dense(8, activation: "softmax"),
];
modelPre.Compile(loss: "sparse_categorical_crossentropy", optimizer: "adam", metrics: ["accuracy"]);
Console.WriteLine($"Pretraining on {xPre.shape[0]} images of eight classes");
modelPre.Fit(xPre, yPre, batchSize: 64, epochs: epochs, validationData: (xPreTest, yPreTest));
var learned = modelPre.GetWeights();

// 2. Cut the net before its last layer, freeze its convolutions, put a new head on.
foreach (var layer in modelPre.Layers[..5]) layer.Trainable = false;
var head = Dense(1, activation: "sigmoid")(modelPre.Layers[^2].Output);
new Model(inputs: [modelPre.Input], outputs: [head]).Summary(showTrainable: true);

// 3. Two new classes: five draws of 200 training images, each learned with and without what the net knew before.
var (xTwoTest, yTwoTest) = Two(xTest, yTest, perClass: 1000, from: 0);
Console.WriteLine($"""

    New task: {FashionMnist.ClassNames[Coat]} or {FashionMnist.ClassNames[Shirt]}? {2 * PerClass} training images, {xTwoTest.shape[0]} test images

      draw   fine-tuned   from scratch
    """);
double tunedSum = 0, scratchSum = 0;
for (var draw = 0; draw < Draws; draw++)
{
    var (x, y) = Two(xTrain, yTrain, PerClass, from: draw * PerClass);

    modelPre.SetWeights(learned);
    var newHead = Dense(1, activation: "sigmoid")(modelPre.Layers[^2].Output);
    var tuned = new Model(inputs: [modelPre.Input], outputs: [newHead]);
    var tunedAccuracy = Learn(tuned, x, y);

    var scratch = tuned.Clone();   // the same layers, new weights
    scratch.Trainable = true;
    var scratchAccuracy = Learn(scratch, x, y);

    Console.WriteLine($"  {draw + 1,4}   {tunedAccuracy,10:0.000}   {scratchAccuracy,12:0.000}");
    tunedSum += tunedAccuracy;
    scratchSum += scratchAccuracy;
}
Console.WriteLine($"  mean   {tunedSum / Draws,10:0.000}   {scratchSum / Draws,12:0.000}");
return tunedSum > scratchSum ? 0 : 1;

double Learn(Model model, torch.Tensor x, torch.Tensor y)
{
    model.Compile(loss: "binary_crossentropy", optimizer: "adam", metrics: ["accuracy"]);
    model.Fit(x, y, batchSize: 20, epochs: 20, verbose: 0);
    return model.Evaluate(xTwoTest, yTwoTest, batchSize: 500, verbose: 0)["accuracy"];
}

static (torch.Tensor X, torch.Tensor Y) Others(torch.Tensor x, torch.Tensor y)
{
    var rows = y.ne(Coat).logical_and(y.ne(Shirt)).nonzero().flatten();
    var labels = y.index_select(0, rows);
    // Close the gaps that the two missing classes leave: 0 … 9 becomes 0 … 7.
    labels = labels - labels.gt(Coat).to_type(torch.ScalarType.Int64) - labels.gt(Shirt).to_type(torch.ScalarType.Int64);
    return (x.index_select(0, rows), labels);
}

static (torch.Tensor X, torch.Tensor Y) Two(torch.Tensor x, torch.Tensor y, int perClass, int from)
{
    var coats = y.eq(Coat).nonzero().flatten().narrow(0, from, perClass);
    var shirts = y.eq(Shirt).nonzero().flatten().narrow(0, from, perClass);
    var labels = torch.cat([torch.zeros(perClass), torch.ones(perClass)], 0);
    return (x.index_select(0, torch.cat([coats, shirts], 0)), labels);
}
