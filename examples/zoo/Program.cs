// Every network of the zoo on this machine: parameters, memory of the weights, milliseconds per image in a prediction of one.
// usage: zoo [part of a name]
using System.Diagnostics;
using System.Globalization;
using DeepKeras.Applications;

var names = Zoo.ListModels(args.Length > 0 ? args[0] : "");
if (names.Count == 0) throw new KerasException($"No network has \"{args[0]}\" in its name. Leave it out to see all.");

SetRandomSeed(1);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Random weights, one image at a time, {torch.get_num_threads()} threads.\n"));
Console.WriteLine("| network | input | parameters | MiB | layers | ms per image |");
Console.WriteLine("|---|---|--:|--:|--:|--:|");
foreach (var name in names)
{
    Measure(name);
    // A network's weights are freed with the network, before the next one is made.
    GC.Collect();
    GC.WaitForPendingFinalizers();
}

static void Measure(string name)
{
    const int Rounds = 5;
    using var scope = torch.NewDisposeScope();
    var net = Zoo.Create(name);
    var shape = net.Inputs[0].Shape;
    var image = torch.rand([1, shape[1] ?? 224, shape[2] ?? 224, shape[3]!.Value]);
    net.PredictOnBatch(image).Dispose();
    var times = new double[Rounds];
    for (var i = 0; i < Rounds; i++)
    {
        var clock = Stopwatch.StartNew();
        net.PredictOnBatch(image).Dispose();
        times[i] = clock.Elapsed.TotalMilliseconds;
    }
    Array.Sort(times);
    var parameters = net.TrainableWeights.Sum(w => w.ElementCount);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `{name}` | {image.shape[1]}×{image.shape[2]}×{image.shape[3]} | {parameters:N0} | {parameters * 4 / 1048576.0:0.0} | {net.Layers.Count} | {times[Rounds / 2]:0.0} |"));
}
