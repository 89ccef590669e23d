// The residual network of He et al. 2016 for small images, 20 layers deep, on CIFAR-10.
// usage: cifar10-resnet [epochs] [cifar10.zip] [--save file.safetensors]     writes the trained weights
using System.Diagnostics;
using System.Globalization;
using DeepKeras.Applications;
using DeepKeras.Data;
using DeepKeras.Datasets;
using DeepKeras.Inspection;
using DeepKeras.Schedules;
using TorchSharp;

var saveAt = Array.IndexOf(args, "--save");
var plain = saveAt < 0 ? args : args[..saveAt];
var epochs = plain.Length > 0 ? int.Parse(plain[0], CultureInfo.InvariantCulture) : 12;
const int BatchSize = 128;
SetRandomSeed(20);

var ((xTrain, yTrain), (xTest, yTest)) = Cifar10Source.Load(plain.Length > 1 ? plain[1] : null, [.. Cifar10.ClassNames]);
Console.WriteLine($"{xTrain.shape[0]} training images, {xTest.shape[0]} test images of 32x32x3");

// The images stay bytes until each batch; the first layer brings them to mean 0 and deviation 1.
var image = Input((32, 32, 3));
var net = Zoo.ResNetCifar(depth: 20, inputTensor: Normalization(mean: new([125.307, 122.961, 113.8575]), variance: new([3967.110225, 3855.47855625, 4449.957264]))(image));
net.Summary();

// Every epoch sees the photos mirrored and shifted by up to four pixels, which happens ahead of the training.
var augmentation = new Pipeline([RandomFlip("horizontal"), RandomTranslation(0.125, 0.125, fillMode: "constant", interpolation: "nearest")]);
var train = Dataset.FromTensors(xTrain, yTrain).Shuffle(50_000, seed: 1).Batch(BatchSize, dropRemainder: true).Augment(augmentation, workers: 1);

// The rate rises to 0.2 and falls to nothing, the momentum against it (Smith and Topin 2019).
var rate = new OneCycle(0.2, totalSteps: epochs * train.Count!.Value);
net.Compile(new SGD(rate, momentum: 0.9, nesterov: true, weightDecay: 0.002), "sparse_categorical_crossentropy", metrics: ["accuracy"]);
var clock = Stopwatch.StartNew();
net.Fit(train, epochs: epochs, validationData: (xTest, yTest), verbose: 1);
Console.WriteLine($"\nTrained {epochs} epochs in {clock.Elapsed.TotalSeconds:0} s.");

var score = net.Evaluate(xTest, yTest, batchSize: 500, verbose: 0);
Console.WriteLine(ConfusionMatrix.Of(yTest, net.Predict(xTest, batchSize: 500), Cifar10.ClassNames));
Console.WriteLine($"Test accuracy {score["accuracy"]:0.0000}");
if (saveAt >= 0) net.SavePretrained(args[saveAt + 1]);
