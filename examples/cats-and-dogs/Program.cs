// Cat or dog? Learned from 500 + 500 photos in three ways: a simple net; the same net with augmentation; a net that knows eight other classes already.
// usage: cats-and-dogs [output folder] [draws of 500 + 500 photos, 1 to 10]
using System.Diagnostics;
using System.Globalization;
using DeepKeras.Data;
using DeepKeras.Schedules;
using DeepKeras.Vision;

var folder = args.Length > 0 ? args[0] : Path.Combine("out", "cats-and-dogs");
var draws = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
const int BatchSize = 32;
var clock = Stopwatch.StartNew();

// Photos as people have them: files in folders, one folder per class.
var photos = Path.Combine(folder, "photos");
PhotoFolders.Write(photos, draws);
var test = ImageDataset.FromDirectory(Path.Combine(photos, "test"), imageSize: (32, 32), batchSize: 500, shuffle: false);

// Every epoch sees the photos a little differently. It happens in the input pipeline, ahead of the training.
var augmentation = new Pipeline([RandomFlip("horizontal"), RandomTranslation(0.1, 0.1)]);

// 1. What the third way knows before it sees a cat or a dog: eight other classes, 40,000 photos. The weights are kept for the next run.
SetRandomSeed(1);
Model known = Net(classes: 8, dropout: 0.2);
var file = Path.Combine(folder, "eight-classes.dkeras");
if (File.Exists(file))
{
    known = LoadModel(file);
    Console.WriteLine($"A net that learned eight other classes in an earlier run: {file}");
}
else
{
    var eight = ImageDataset.FromDirectory(Path.Combine(photos, "eight", "train"), imageSize: (32, 32), batchSize: 64, seed: 1);
    var eightTest = ImageDataset.FromDirectory(Path.Combine(photos, "eight", "test"), imageSize: (32, 32), batchSize: 500, shuffle: false);
    const int Epochs = 6;
    Console.WriteLine($"Pretraining on {eight.FilePaths.Count} photos of {string.Join(", ", eight.ClassNames)}");
    known.Compile(loss: "sparse_categorical_crossentropy", optimizer: new Adam(new CosineDecay(0.001, decaySteps: Epochs * 625)), metrics: ["accuracy"]);
    known.Fit(eight.Augment(augmentation, workers: 1), epochs: Epochs, validationData: eightTest);
    known.Save(file);
}

Console.WriteLine($"""

    Cat or dog? {draws} draws of 500 + 500 training photos, all 2,000 test photos

      draw   simple net   + augmentation   transfer, frozen   transfer, fine-tuned
    """);
var sums = new double[4];
Model best = known;
for (var draw = 1; draw <= draws; draw++)
{
    SetRandomSeed(100 + draw);
    var train = ImageDataset.FromDirectory(Path.Combine(photos, $"draw{draw}"), imageSize: (32, 32), batchSize: BatchSize, seed: draw);
    var augmented = train.Augment(augmentation, workers: 1);

    // 2. A simple net, 3. the same with augmentation.
    var simple = Learn(Net(classes: 2), train, epochs: 30, learningRate: 0.001);
    var varied = Learn(Net(classes: 2), augmented, epochs: 60, learningRate: 0.001);

    // 4. Cut the other net behind its convolutions, freeze them, put a new head on; when the head has learned, let all learn, slowly.
    var pretrained = Net(classes: 8);
    pretrained.SetWeights(known.GetWeights());
    pretrained.Trainable = false;
    var features = pretrained.Layers[^4].Output;   // Flatten, and Dropout behind it
    var head = Dense(2, activation: "softmax")(Dropout(0.5)(Dense(128, activation: "relu")(features)));
    var transferred = new Model(inputs: [pretrained.Input], outputs: [head]);
    var frozen = Learn(transferred, augmented, epochs: 10, learningRate: 0.001);
    transferred.Trainable = true;
    var tuned = Learn(transferred, augmented, epochs: 30, learningRate: 0.0003);

    Console.WriteLine($"  {draw,4}   {simple,10:0.000}   {varied,14:0.000}   {frozen,16:0.000}   {tuned,20:0.000}");
    foreach (var (i, accuracy) in new[] { simple, varied, frozen, tuned }.Index()) sums[i] += accuracy / draws;
    best = transferred;
}
Console.WriteLine($"  mean   {sums[0],10:0.000}   {sums[1],14:0.000}   {sums[2],16:0.000}   {sums[3],20:0.000}");

var sheet = Path.Combine(folder, "cats-and-dogs.png");
PredictionSheet.Save(sheet, best, test);
Console.WriteLine($"\nTest photos and what the fine-tuned net says: {sheet}\n{clock.Elapsed.TotalSeconds:0} s in all.");

static Sequential Net(int classes, double dropout = 0.5) =>
[
    Rescaling(1 / 255.0, inputShape: (32, 32, 3)),
    Conv2D(32, 3, padding: "same", activation: "relu"),
    MaxPooling2D(),
    Conv2D(64, 3, padding: "same", activation: "relu"),
    MaxPooling2D(),
    Conv2D(128, 3, padding: "same", activation: "relu"),
    MaxPooling2D(),
    Flatten(),
    Dropout(dropout),
    Dense(128, activation: "relu"),
    Dropout(dropout),
    Dense(classes, activation: "softmax"),
];

double Learn(Model model, Dataset<Batch> train, int epochs, double learningRate)
{
    var rate = new CosineDecay(learningRate, decaySteps: epochs * (int)train.Count!);
    model.Compile(loss: "sparse_categorical_crossentropy", optimizer: new Adam(rate), metrics: ["accuracy"]);
    model.Fit(train, epochs: epochs, verbose: 0);
    return model.Evaluate(test, verbose: 0)["accuracy"];
}
