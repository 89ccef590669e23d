// Transfer learning: a net trained on eight classes of Fashion-MNIST learns the two others from 200 images.
// usage: fine-tuning [pretraining epochs]
using System.Globalization;
using DeepKeras.Datasets;

var epochs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
SetRandomSeed(11);
const int Shirt = 6, Coat = 4;
string[] names = [.. FashionMnist.ClassNames];

var ((xTrain, yTrain), (xTest, yTest)) = FashionMnist.Load();
xTrain = xTrain.to_type(torch.ScalarType.Float32).div(255).unsqueeze(-1);
xTest = xTest.to_type(torch.ScalarType.Float32).div(255).unsqueeze(-1);
yTrain = yTrain.to_type(torch.ScalarType.Int64);
yTest = yTest.to_type(torch.ScalarType.Int64);

// 1. Pretraining on the eight classes that are neither shirts nor coats.
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
modelPre.Fit(xPre, yPre, batchSize: 128, epochs: epochs, validationData: (xPreTest, yPreTest));

// 2. Two new classes, 100 training images each; 2,000 test images.
var (xFew, yFew) = Two(xTrain, yTrain, perClass: 100);
var (xTwoTest, yTwoTest) = Two(xTest, yTest, perClass: 1000);
Console.WriteLine($"\nNew task: {names[Coat]} or {names[Shirt]}? {xFew.shape[0]} training images, {xTwoTest.shape[0]} test images");

// 3. Cut the net before its last layer, put a new head on, freeze what was learned.
foreach (var layer in modelPre.Layers[..5]) layer.Trainable = false;
var head = Dense(1, activation: "sigmoid")(modelPre.Layers[^2].Output);
var tuned = new Model(inputs: [modelPre.Input], outputs: [head]);
tuned.Summary(showTrainable: true);
var transferred = Train(tuned, "Fine-tuning");

// 4. The same net from scratch on the same 200 images.
var scratch = tuned.Clone();
scratch.Trainable = true;
var fromScratch = Train(scratch, "From scratch");

Console.WriteLine($"""

    accuracy on {xTwoTest.shape[0]} test images, trained on {xFew.shape[0]}
      fine-tuned   {transferred:0.000}
      from scratch {fromScratch:0.000}
    """);
return transferred > fromScratch ? 0 : 1;

double Train(Model model, string title)
{
    model.Compile(loss: "binary_crossentropy", optimizer: new Adam(learningRate: 0.001), metrics: ["accuracy"]);
    var history = model.Fit(xFew, yFew, batchSize: 20, epochs: 30, verbose: 0);
    var score = model.Evaluate(xTwoTest, yTwoTest, batchSize: 500, verbose: 0);
    Console.WriteLine($"{title,-13} training accuracy {history["accuracy"][^1]:0.000}, test loss {score[0]:0.000}, test accuracy {score[1]:0.000}");
    return score[1];
}

static (torch.Tensor X, torch.Tensor Y) Others(torch.Tensor x, torch.Tensor y)
{
    var rows = y.ne(Coat).logical_and(y.ne(Shirt)).nonzero().flatten();
    var labels = y.index_select(0, rows);
    // Close the gaps that the two missing classes leave: 0 … 9 becomes 0 … 7.
    labels = labels - labels.gt(Shirt).to_type(torch.ScalarType.Int64) - labels.gt(Coat).to_type(torch.ScalarType.Int64);
    return (x.index_select(0, rows), labels);
}

static (torch.Tensor X, torch.Tensor Y) Two(torch.Tensor x, torch.Tensor y, int perClass)
{
    var coats = y.eq(Coat).nonzero().flatten().narrow(0, 0, perClass);
    var shirts = y.eq(Shirt).nonzero().flatten().narrow(0, 0, perClass);
    var labels = torch.cat([torch.zeros(perClass), torch.ones(perClass)], 0);
    return (x.index_select(0, torch.cat([coats, shirts], 0)), labels);
}
