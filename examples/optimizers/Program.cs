// All optimizers, of first and second order, on the same surfaces and the same small network.
// usage: optimizers [output folder]     writes optimizers.svg there
using System.Globalization;
using DeepKeras.Plotting;
using TorchSharp;

var folder = args.Length > 0 ? args[0] : "out";
Directory.CreateDirectory(folder);
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
// Near a minimum float32 rounds the differences away that the searches look at.
FloatType = torch.ScalarType.Float64;

// In the picture: enough to see the families, few enough to tell apart.
Dictionary<string, string> colors = new()
{
    ["SGD"] = "#98a3b3", ["SGD, momentum 0.9"] = "#8c6239", ["RMSprop"] = "#d9649f", ["Adam"] = "#d23f4c", ["Lion"] = "#a8a31f",
    ["ConjugateGradient"] = "#22a7bd", ["LBFGS"] = "#2f6fde", ["BFGS"] = "#2e9e5b", ["Newton"] = "#8b5fc9", ["LevenbergMarquardt"] = "#e8762c",
};

string[] onMaps = ["SGD, momentum 0.9", "Adam", "ConjugateGradient", "LBFGS", "Newton", "LevenbergMarquardt"];

List<Chart> paths = [], curves = [];
foreach (var surface in Surface.All)
{
    var walks = Contest.On(surface);
    Table($"{surface.Title}, at most {Contest.GradientsOnSurfaces} gradients", walks);
    var map = new Chart($"{surface.Title}: paths", "x", "y", xRange: surface.XRange, yRange: surface.YRange, width: 520, height: 400).Contours(surface.At);
    var losses = new Chart($"{surface.Title}: loss", "gradients", "loss", isYLogarithmic: true, xRange: (0, 120), yRange: (1e-14, 1e2), width: 520, height: 400);
    foreach (var walk in walks.Where(w => colors.ContainsKey(w.Name)))
    {
        if (onMaps.Contains(walk.Name)) walk.DrawPath(map, colors[walk.Name]);
        walk.DrawLosses(losses, colors[walk.Name]);
    }
    paths.Add(map.Mark(surface.Minimum.X, surface.Minimum.Y, "minimum"));
    curves.Add(losses);
}

// A network of 49 weights learns two waves from 80 points, all in one batch.
var x = torch.linspace(-1, 1, 80).unsqueeze(1).to_type(FloatType);
var y = (x * 5).sin() + (0.3 * (x * 11).cos());
var trained = Contest.OnNet(Net, x, y);
Table($"A network, at most {Contest.GradientsOnNet} gradients", trained);
var net = new Chart("Network 1–16–1 on two waves: loss", "gradients", "loss", isYLogarithmic: true, width: 1560, height: 400);
foreach (var walk in trained.Where(w => colors.ContainsKey(w.Name))) walk.DrawLosses(net, colors[walk.Name]);

var picture = Path.Combine(folder, "optimizers.svg");
new Figure("Optimizers, first-order ones with the best of seven learning rates", [.. paths, .. curves, net], columns: 3).Save(picture);
Console.WriteLine($"Written: {picture}");

static Model Net(Optimizer optimizer)
{
    SetRandomSeed(5);
    Sequential model = [Dense(16, activation: "tanh", inputShape: 1), Dense(1)];
    model.Compile(optimizer, "mse");
    return model;
}

static void Table(string title, IReadOnlyList<Walk> walks)
{
    Console.WriteLine(title);
    Console.WriteLine($"  {"optimizer",-20}{"rate",8}{"steps",8}{"gradients",11}{"loss",12}");
    foreach (var walk in walks) Console.WriteLine($"  {walk.Name,-20}{(walk.Rate is { } rate ? rate.ToString() : "search"),8}{walk.Steps,8}{walk.Evaluations[^1],11:0}{walk.Last,12:0.0e+00}");
    Console.WriteLine();
}
