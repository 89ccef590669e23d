// Trains the CIFAR-10 network of the lecture for a few epochs (or takes the weights of the last run) and shows what is inside:
// one HTML report, and some of its pictures as PNG.
// usage: activation-maps [output folder] [epochs]
using System.Diagnostics;
using System.Globalization;
using DeepKeras.Schedules;
using DeepKeras.Vision;
using DeepKeras.Vision.Reports;
using DeepKeras.Vision.Visualization;

var folder = args.Length > 0 ? args[0] : "out";
// Three epochs take about five minutes on two cores and reach a lower accuracy than the example cifar10-cnn, which trains longer.
var epochs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
Directory.CreateDirectory(folder);
string[] classNames = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
SetRandomSeed(3);

var ((xTrain, yTrain), (xTest, yTest)) = Cifar10Source.Load(null, classNames);
Sequential model =
[
    Rescaling(1 / 255.0, inputShape: (32, 32, 3)),
    Conv2D(32, (3, 3), padding: "same", activation: "relu", name: "conv1"),
    Conv2D(32, (3, 3), activation: "relu", name: "conv2"),
    MaxPooling2D(poolSize: (2, 2)),
    Dropout(0.25),
    Conv2D(64, (3, 3), padding: "same", activation: "relu", name: "conv3"),
    Conv2D(64, (3, 3), activation: "relu", name: "conv4"),
    MaxPooling2D(poolSize: (2, 2)),
    Dropout(0.25),
    Flatten(),
    Dense(512, activation: "relu", name: "features"),
    Dropout(0.5),
    Dense(10, activation: "softmax", name: "classes"),
];
const int BatchSize = 64;
var rate = new CosineDecay(0.0015, decaySteps: (int)(Math.Max(1, epochs) * xTrain.shape[0] / BatchSize));
model.Compile(loss: "sparse_categorical_crossentropy", optimizer: new Adam(rate), metrics: ["accuracy"]);

History? history = null;
var weights = Path.Combine(folder, "activation-maps.safetensors");
if (File.Exists(weights))
{
    model.LoadWeights(weights);
    Console.WriteLine($"Weights of the last run: {weights} (delete it to train again; only then are there training curves)");
}
else
{
    history = model.Fit(xTrain, yTrain, batchSize: BatchSize, epochs: epochs, validationData: (xTest, yTest));
    model.SaveWeights(weights);
}

// The whole report is one call.
var clock = Stopwatch.StartNew();
var report = Path.Combine(folder, "report.html");
Report.For(model, (xTest, yTest), history, classNames, title: "The CIFAR-10 network of the lecture").Save(report);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report}: {new FileInfo(report).Length / 1024} KiB in {clock.Elapsed.TotalSeconds:0.0} s"));

// Its parts, one call each.
using var photo = xTest[Array.IndexOf(yTest.data<long>().ToArray(), Array.IndexOf(classNames, "horse"))];
using var maps = ActivationMaps.Of(model, photo);
foreach (var layer in maps.Layers) Write($"maps-{layer.Name}.png", maps.Grid(layer, channels: 32));
Write("filters.png", Filters.Of(model));
Write("grad-cam.png", Overlay.Of(GradCam.Of(model, photo, resize: false), photo.repeat_interleave(8, 0).repeat_interleave(8, 1)));
// The test images lie class by class: every fifth is of all classes.
using (var some = xTest.index_select(0, torch.arange(0, xTest.shape[0], 5)))
using (var top = ActivationMaps.TopImages(model, "conv4", some, count: 8, channels: 12)) Write("top-images-conv4.png", top.Grid());

var score = model.Evaluate(xTest, yTest, batchSize: 500, verbose: 0);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Test accuracy {score["accuracy"]:0.0000}; the example cifar10-cnn trains the same network longer."));

void Write(string name, torch.Tensor picture)
{
    var file = Path.Combine(folder, name);
    ImageFile.Save(file, picture);
    picture.Dispose();
    Console.WriteLine(file);
}
