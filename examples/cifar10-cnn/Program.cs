// The convolutional network of the CIFAR-10 lecture: 1,250,858 parameters.
// usage: cifar10-cnn [epochs] [cifar10.zip] [--save file.safetensors]     writes the trained weights
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
const int BatchSize = 64;
SetRandomSeed(3);

var ((xTrain, yTrain), (xTest, yTest)) = Cifar10Source.Load(plain.Length > 1 ? plain[1] : null, [.. Cifar10.ClassNames]);
Console.WriteLine($"{xTrain.shape[0]} training images, {xTest.shape[0]} test images of 32x32x3");

// The images stay bytes until each batch; a layer in front of the network scales them to 0 … 1.
var image = Input((32, 32, 3));
var model = Zoo.CifarCnn(inputTensor: Rescaling(1 / 255.0)(image));
model.Diagram();

// Every epoch sees each photo as it is or mirrored, and the rate falls along a cosine.
var train = Dataset.FromTensors(xTrain, yTrain).Shuffle(50_000, seed: 1).Batch(BatchSize).Augment(RandomFlip("horizontal"), workers: 1);
var rate = new CosineDecay(0.001, decaySteps: epochs * (int)train.Count!);
model.Compile(loss: "sparse_categorical_crossentropy", optimizer: new Adam(rate), metrics: ["accuracy"]);
model.Fit(train, epochs: epochs, validationData: (xTest, yTest));

var score = model.Evaluate(xTest, yTest, batchSize: 500, verbose: 0);
Console.WriteLine(ConfusionMatrix.Of(yTest, model.Predict(xTest, batchSize: 500), Cifar10.ClassNames));
Console.WriteLine($"Test accuracy {score["accuracy"]:0.0000}; the lecture's confusion matrix shows 0.7643.");
if (saveAt >= 0) model.SavePretrained(args[saveAt + 1]);
