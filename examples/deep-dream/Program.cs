// Trains a small all-convolutional network on CIFAR-10 (or takes the weights of the last run), shows what its filters look for, and lets it dream on a photo.
// usage: deep-dream [photo] [output folder] [epochs]
using System.Diagnostics;
using System.Globalization;
using DeepKeras.Schedules;
using DeepKeras.Vision;
using DeepKeras.Vision.Visualization;

var photoFile = args.Length > 0 && args[0].Length > 0 ? args[0] : null;
var folder = args.Length > 1 ? args[1] : "out";
var epochs = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 2;
Directory.CreateDirectory(folder);
string[] classNames = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
SetRandomSeed(3);

// Average pooling, because the gradient of a maximum goes to one pixel of four and dreams would be speckled.
Sequential model =
[
    Rescaling(1 / 127.5, offset: -1, inputShape: (32, 32, 3)),
    Conv2D(32, 5, padding: "same", activation: "relu", name: "conv1"),
    BatchNormalization(),
    AveragePooling2D(),
    Conv2D(64, 3, padding: "same", activation: "relu", name: "conv2"),
    BatchNormalization(),
    Conv2D(64, 3, padding: "same", activation: "relu", name: "conv3"),
    BatchNormalization(),
    AveragePooling2D(),
    Conv2D(128, 3, padding: "same", activation: "relu", name: "conv4"),
    BatchNormalization(),
    Conv2D(128, 3, padding: "same", activation: "relu", name: "conv5"),
    GlobalAveragePooling2D(),
    Dropout(0.3),
    Dense(10, activation: "softmax", name: "classes"),
];

var data = new Lazy<((torch.Tensor X, torch.Tensor Y) Train, (torch.Tensor X, torch.Tensor Y) Test)>(() => Cifar10Source.Load(null, classNames));
var weights = Path.Combine(folder, "deep-dream.safetensors");
if (File.Exists(weights))
{
    model.LoadWeights(weights);
    Console.WriteLine($"Weights of the last run: {weights} (delete it to train again)");
}
else
{
    const int BatchSize = 64;
    var ((xTrain, yTrain), test) = data.Value;
    var rate = new CosineDecay(0.003, decaySteps: (int)(epochs * xTrain.shape[0] / BatchSize));
    model.Compile(loss: "sparse_categorical_crossentropy", optimizer: new Adam(rate), metrics: ["accuracy"]);
    model.Fit(xTrain, yTrain, batchSize: BatchSize, epochs: epochs, validationData: test);
    model.SaveWeights(weights);
}

var clock = Stopwatch.StartNew();
Write("filter-panels.png", FilterPanels());
Write("class-panel.png", FeatureVisualization.ClassPanel(model, classNames, scale: 3));

using var photo = DreamPhoto.Load(photoFile, () => data.Value.Test.X);
var dream = DeepDream.Of(model, photo, "conv5", octaves: 5, progress: step =>
{
    if (step.Step == step.Steps) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"octave {step.Octave}/{step.Octaves}: {step.Size.Width} × {step.Size.Height}, objective {step.Objectives[0]:0.00}"));
});
Write("photo.jpg", photo);
Write("deep-dream.jpg", dream);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Pictures made in {clock.Elapsed.TotalSeconds:0.0} s."));

// The first, a middle and the last convolution; eight filters of each.
torch.Tensor FilterPanels()
{
    int[] channels = [.. Enumerable.Range(0, 8)];
    var filters = new[] { "conv1", "conv3", "conv5" }.SelectMany(layer => channels.Select(c => ($"{layer} {c}", Objective.Channel(layer, c)))).ToArray();
    return FeatureVisualization.Panel(model, filters, "What maximises the filters of the first, a middle and the last convolution", new AscentOptions { Size = (96, 96) });
}

void Write(string name, torch.Tensor picture)
{
    var path = Path.Combine(folder, name);
    ImageFile.Save(path, picture);
    Console.WriteLine($"{path}: {picture.shape[1]} × {picture.shape[0]}");
}
