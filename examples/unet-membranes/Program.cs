// U-Net (Ronneberger et al. 2015) finds the membranes of cells in electron-microscope images: it learns 25 of them and is measured on 5 others.
// usage: unet-membranes [epochs of 80 steps] [output folder]
using System.Diagnostics;
using System.Globalization;
using DeepKeras.Applications;
using DeepKeras.Data;
using DeepKeras.Losses;
using DeepKeras.Metrics;
using DeepKeras.Schedules;
using DeepKeras.Vision.Visualization;

var epochs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
var folder = args.Length > 1 ? args[1] : "out";
const int Learned = 25, BatchSize = 4, StepsPerEpoch = 80;
if (MembraneSource.Find() is not { } archive)
{
    Console.WriteLine("Skipped: membrane.zip is not here. Put it into ../shared/data beside the project, or name its folder in DEEPKERAS_DATA.");
    return 0;
}
Directory.CreateDirectory(folder);
SetRandomSeed(30);

var (images, masks) = MembraneSource.Load(archive);
var (xTest, yTest) = (images[Learned..], masks[Learned..]);
Console.WriteLine($"{Learned} images to learn, {xTest.shape[0]} to test, 512×512 grey; {yTest.mean().item<float>():0.0%} of the test pixels are membrane");

// Image and mask are cut, mirrored and turned together. What the turn brings in from outside the crop is cut off again.
var augmentation = new Pipeline([RandomCrop(256, 256), RandomFlip(), RandomRotation(1.0), CenterCrop(176, 176)]);
var train = Dataset.FromTensors(images[..Learned], masks[..Learned]).Repeat().Shuffle(Learned, seed: 1).Batch(BatchSize).Map(Vary, workers: 1).Take(StepsPerEpoch);

// Convolutions and pooling take any size: it learns from pieces of 176×176 and predicts whole images.
var net = Zoo.UNet(inputShape: (null, null, 1), classes: 1, depth: 3, filters: 16, batchNormalization: true, dropout: 0);
Console.WriteLine($"U-Net of depth 3, {net.CountParams():N0} parameters");
net.Compile(
    new Adam(new CosineDecay(0.002, decaySteps: epochs * StepsPerEpoch)),
    loss: "binary_crossentropy",
    metrics: ["accuracy", new BinaryIoU([1], name: "membrane_iou"), new BinaryIoU([0], name: "cell_iou")]);
var clock = Stopwatch.StartNew();
net.Fit(train, epochs: epochs);
Console.WriteLine($"\nTrained in {clock.Elapsed.TotalSeconds:0} s. The {xTest.shape[0]} test images, whole:\n");

var score = net.Evaluate(xTest, yTest, batchSize: 1, verbose: 0);
torch.Tensor predicted = net.Predict(xTest, batchSize: 1);
var found = predicted.ge(0.5).to_type(torch.ScalarType.Float32);
var dice = new Dice();
Console.WriteLine($"""
      pixel accuracy   {score["accuracy"]:0.000}   (calling everything cell: {1 - yTest.mean().item<float>():0.000})
                       Dice     IoU
      membrane        {1 - dice.Call(yTest, found).item<float>():0.000}   {score["membrane_iou"]:0.000}
      cell            {1 - dice.Call(1 - yTest, 1 - found).item<float>():0.000}   {score["cell_iou"]:0.000}
    """);

var sheet = new ImageGrid(columns: 4, caption: "Membranes: image, mask, prediction, and what differs (red: taken for membrane, blue: missed)");
for (var i = 0; i < xTest.shape[0]; i++)
{
    var right = found[i].eq(yTest[i]).to_type(torch.ScalarType.Float32).mean().item<float>();
    sheet.Add(xTest[i]);
    sheet.Add(yTest[i], caption: "mask");
    sheet.Add(predicted[i], caption: $"prediction, {right:0.0%} right", range: (0, 1));
    sheet.Add(Overlay.Of((found[i] - yTest[i]).squeeze(-1), xTest[i], colorMap: "bwr", range: (-1, 1)));
}
var picture = Path.Combine(folder, "unet-membranes.png");
sheet.Save(picture);
Console.WriteLine($"\nImages, masks and predictions: {picture}");
return score["accuracy"] >= 0.9 ? 0 : 1;

Batch Vary(Batch batch)
{
    var varied = augmentation.Apply(new ImageSamples(batch.Inputs[0], Masks: batch.Targets[0]));
    return batch with { Inputs = [varied.Images], Targets = [varied.Masks!] };
}
