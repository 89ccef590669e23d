// LeNet-5 (simplified: tanh, average pooling, softmax) on Fashion-MNIST padded to 32×32.
// usage: lenet5 [epochs] [output folder] [--save file.safetensors]     --save also mirrors images while training, and writes the weights as the zoo's
using System.Diagnostics;
using System.Globalization;
using DeepKeras.Applications;
using DeepKeras.Data;
using DeepKeras.Datasets;
using DeepKeras.Inspection;
using DeepKeras.Schedules;
using DeepKeras.Vision.Visualization;

var saveAt = Array.IndexOf(args, "--save");
var plain = saveAt < 0 ? args : args[..saveAt];
var epochs = plain.Length > 0 ? int.Parse(plain[0], CultureInfo.InvariantCulture) : 10;
var folder = plain.Length > 1 ? plain[1] : "out";
Directory.CreateDirectory(folder);
SetRandomSeed(7);
const int BatchSize = 64;

// 60,000 training and 10,000 test images, 28×28 grey, as (N, 32, 32, 1) with values 0 … 1.
var ((xTrainRaw, yTrainRaw), (xTestRaw, yTestRaw)) = FashionMnist.Load();
var xTrain = Prepare(xTrainRaw);
var xTest = Prepare(xTestRaw);
var yTrain = ToCategorical(yTrainRaw, 10);
var yTest = ToCategorical(yTestRaw, 10);

var model = new Sequential();
model.Add(Conv2D(6, (5, 5), activation: "tanh", inputShape: (32, 32, 1)));
model.Add(AveragePooling2D(poolSize: (2, 2)));
model.Add(Conv2D(16, (5, 5), activation: "tanh"));
model.Add(AveragePooling2D(poolSize: (2, 2)));
model.Add(Flatten());
model.Add(Dense(120, activation: "tanh"));
model.Add(Dense(84, activation: "tanh"));
model.Add(Dense(10, activation: "softmax"));
model.Summary();

// The rate falls along a cosine from 0.003 to 0 over the whole run.
var rate = new CosineDecay(0.003, decaySteps: epochs * (60000 / BatchSize));
model.Compile(loss: "categorical_crossentropy", optimizer: new Adam(rate), metrics: ["accuracy"]);
var clock = Stopwatch.StartNew();
if (saveAt < 0) model.Fit(xTrain, yTrain, batchSize: BatchSize, epochs: epochs, validationData: (xTest, yTest));
else model.Fit(Mirrored(), epochs: epochs, validationData: (xTest, yTest));
Console.WriteLine($"\nTrained {epochs} epochs in {clock.Elapsed.TotalSeconds:0.0} s.");

var score = model.Evaluate(xTest, yTest, batchSize: 500, verbose: 0);
var predicted = model.Predict(xTest, batchSize: 500);
Console.WriteLine($"Test loss {score[0]:0.0000}, test accuracy {score[1]:0.0000}\n");
Console.WriteLine(ConfusionMatrix.Of(yTest, predicted, FashionMnist.ClassNames));

// Save, reload into a new model, and compare.
var file = Path.Combine(folder, "lenet5.dkeras");
model.Save(file);
var reloaded = LoadModel(file);
var again = reloaded.Predict(xTest, batchSize: 500);
var same = predicted.ToArray().AsSpan().SequenceEqual(again.ToArray());
Console.WriteLine($"\nSaved to {file}, reloaded: {(same ? "the same 10,000 predictions, bit for bit" : "the predictions DIFFER")}.");

// A second model over the same layers shows the six maps of the first convolution beside the prediction.
var maps = new Model(inputs: [model.Input], outputs: [model.Output, model.Layers[0].Output]);
int[] shown = [0, 1, 2, 13, 18, 23];
var samples = torch.stack([.. shown.Select(i => xTest[i])]);
var outputs = maps.Predict(samples);
var grid = new ImageGrid(columns: 7, scale: 4, caption: "Conv2D(6, 5×5, tanh): what the first convolution of LeNet-5 answers to six test images");
for (var row = 0; row < shown.Length; row++)
{
    var best = outputs[0][row].argmax(0).item<long>();
    grid.Add(samples[row], "gray", $"{FashionMnist.ClassNames[(int)best]} {outputs[0][row][best].item<float>():0%}");
    for (var map = 0; map < 6; map++) grid.Add(outputs[1][row][.., .., map], "viridis", $"map {map + 1}");
}
var picture = Path.Combine(folder, "lenet5-heatmaps.png");
grid.Save(picture);
Console.WriteLine($"Heatmaps of the first convolution: {picture}");

if (saveAt >= 0)
{
    // The same network under the zoo's layer names, which Zoo.LeNet5(weights: …) loads.
    var net = Zoo.LeNet5();
    net.SetWeights(model.GetWeights());
    net.SavePretrained(args[saveAt + 1]);
}
return score[1] >= 0.88 && same ? 0 : 1;

Dataset<Batch> Mirrored() => Dataset.FromTensors(xTrain, yTrain).Shuffle(60_000, seed: 1).Batch(BatchSize).Augment(RandomFlip("horizontal"), workers: 1);

static torch.Tensor Prepare(torch.Tensor images) =>
    torch.nn.functional.pad(images.to_type(torch.ScalarType.Float32).div(255), [2, 2, 2, 2]).unsqueeze(-1);
