using TorchSharp;
using static TorchSharp.torch;

/// <summary>Lets optimizers run on equal terms: so many gradients each, first-order ones with the best of seven learning rates.</summary>
internal static class Contest
{
    public const int GradientsOnSurfaces = 200;
    public const int GradientsOnNet = 500;
    private const double Goal = 1e-13;
    private static readonly double[] s_rates = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3];

    /// <summary>Every optimizer by its name; those of second order need no learning rate.</summary>
    public static IReadOnlyList<(string Name, Func<double, Optimizer> Make, bool Searches)> Entries { get; } =
    [
        ("SGD", rate => new SGD(rate), false),
        ("SGD, momentum 0.9", rate => new SGD(rate, momentum: 0.9), false),
        ("SGD, Nesterov 0.9", rate => new SGD(rate, momentum: 0.9, nesterov: true), false),
        ("RMSprop", rate => new RMSprop(rate), false),
        ("Adam", rate => new Adam(rate), false),
        ("AdamW", rate => new AdamW(rate), false),
        ("Adamax", rate => new Adamax(rate), false),
        ("Nadam", rate => new Nadam(rate), false),
        ("Adagrad", rate => new Adagrad(rate), false),
        ("Adadelta", rate => new Adadelta(rate), false),
        ("Adafactor", rate => new Adafactor(rate), false),
        ("Ftrl", rate => new Ftrl(rate), false),
        ("Lion", rate => new Lion(rate), false),
        ("Lamb", rate => new Lamb(rate), false),
        ("Muon", rate => new Muon(rate, adamWeightDecay: null, weightDecay: null), false),
        ("ConjugateGradient", _ => new ConjugateGradient(), true),
        ("LBFGS", _ => new LBFGS(), true),
        ("BFGS", _ => new BFGS(), true),
        ("Newton", _ => new Newton(), true),
        ("LevenbergMarquardt", _ => new LevenbergMarquardt(), true),
    ];

    public static IReadOnlyList<Walk> On(Surface surface) => [.. Entries.Select(e => Best(e, rate => Descend(surface, e.Name, e.Make(rate ?? 0), rate)))];

    public static IReadOnlyList<Walk> OnNet(Func<Optimizer, Model> make, Tensor x, Tensor y) => [.. Entries.Select(e => Best(e, rate => Train(make, x, y, e.Name, e.Make(rate ?? 0), rate)))];

    private static Walk Best((string Name, Func<double, Optimizer> Make, bool Searches) entry, Func<double?, Walk> run) =>
        entry.Searches ? run(null) : s_rates.Select(rate => run(rate)).MinBy(w => double.IsFinite(w.Last) ? Quality(w) : double.PositiveInfinity)!;

    // Who reached the goal is measured by how soon, the others by how near.
    private static double Quality(Walk walk) => walk.Last <= Goal ? -1.0 / walk.Evaluations[^1] : walk.Last;

    private static Walk Descend(Surface surface, string name, Optimizer optimizer, double? rate)
    {
        var walk = new Walk(name, rate);
        surface.Reset();
        optimizer.Build(surface.Weights);
        walk.Add(0, surface.At(surface.Begin.X, surface.Begin.Y), surface.Begin);
        for (var count = 0L; count < GradientsOnSurfaces && walk.Last is > Goal and < 1e6;)
        {
            if (optimizer is LevenbergMarquardt squares) squares.MinimizeSquares(surface.Differences);
            else optimizer.Minimize(surface.Loss);
            count = optimizer is SecondOrderOptimizer second ? second.Evaluations : count + 1;
            var place = surface.Place();
            walk.Add(count, surface.At(place.X, place.Y), place);
        }
        return walk;
    }

    private static Walk Train(Func<Optimizer, Model> make, Tensor x, Tensor y, string name, Optimizer optimizer, double? rate)
    {
        var walk = new Walk(name, rate);
        var model = make(optimizer);
        for (var count = 0L; count < GradientsOnNet;)
        {
            // The loss that a step reports is the one before it.
            var loss = model.TrainOnBatch(x, y)[0];
            walk.Add(count, loss);
            if (!double.IsFinite(loss)) break;
            count = optimizer is SecondOrderOptimizer second ? second.Evaluations : count + 1;
        }
        walk.Add(walk.Evaluations[^1] + 1, model.TestOnBatch(x, y)[0]);
        return walk;
    }
}
