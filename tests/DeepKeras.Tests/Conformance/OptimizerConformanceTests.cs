using DeepKeras.Layers;

namespace DeepKeras.Tests.Conformance;

/// <summary>Every optimizer keeps to the same rules.</summary>
public sealed class OptimizerConformanceTests
{
    private static IEnumerable<TestCaseData> All() => Classes.Cases<Optimizer>();

    [SetUp]
    public void Start()
    {
        Keras.ClearSession();
        Keras.SetRandomSeed(3);
    }

    [Test]
    public void There_are_the_optimizers_of_Keras() => Classes.Of<Optimizer>().Count.Should().BeGreaterThanOrEqualTo(12);

    [TestCaseSource(nameof(All))]
    public void A_copy_takes_the_same_steps(Type type)
    {
        var original = Classes.Make<Optimizer>(type);
        var expected = Steps(original);
        Steps((Optimizer)SampleArguments.Copy(original)).Should().Equal(expected);
        Steps(SampleArguments.CopyThroughJson(original)).Should().Equal(expected);
    }

    [TestCaseSource(nameof(All))]
    public void It_goes_downhill(Type type)
    {
        using var scope = torch.NewDisposeScope();
        var optimizer = Classes.Make<Optimizer>(type);
        SetRate(optimizer, 0.05);
        var (layer, x) = Problem();
        optimizer.Build(layer.Weights);
        var before = Number(Loss(layer, x));
        for (var i = 0; i < 60; i++) Step(optimizer, layer, x);
        Number(Loss(layer, x)).Should().BeLessThan(before);
    }

    [TestCaseSource(nameof(All))]
    public void Without_a_learning_rate_nothing_moves(Type type)
    {
        // Ftrl computes each weight anew from its sums and divides by the rate, in Keras too.
        if (type == typeof(Ftrl)) return;
        using var scope = torch.NewDisposeScope();
        var optimizer = Classes.Make<Optimizer>(type);
        SetRate(optimizer, 0);
        var (layer, x) = Problem();
        var before = layer.GetWeights().SelectMany(w => Numbers(w)).ToArray();
        optimizer.Build(layer.Weights);
        for (var i = 0; i < 3; i++) Step(optimizer, layer, x);
        Difference([.. layer.GetWeights().SelectMany(w => Numbers(w))], before, 1e-7, 0).Should().BeNull();
    }

    [TestCaseSource(nameof(All))]
    public void Frozen_weights_rest_and_the_others_go_on(Type type)
    {
        using var scope = torch.NewDisposeScope();
        var optimizer = Classes.Make<Optimizer>(type);
        var model = new Sequential([new Dense(3, inputShape: 4), new Dense(2)]);
        model.Compile(optimizer, "mse");
        var (x, y) = (Sample(ScalarType.Float32, 6, 4), Sample(ScalarType.Float32, 6, 2));
        _ = model.TrainOnBatch(x, y);
        model.Layers[0].Trainable = false;
        var (rests, moves) = (Values(model.Layers[0]), Values(model.Layers[1]));
        for (var i = 0; i < 3; i++) _ = model.TrainOnBatch(x, y);
        Values(model.Layers[0]).Should().Equal(rests);
        Values(model.Layers[1]).Should().NotEqual(moves);
    }

    [TestCaseSource(nameof(All))]
    public void Fifty_steps_leave_no_tensor_behind(Type type)
    {
        using var scope = torch.NewDisposeScope();
        var optimizer = Classes.Make<Optimizer>(type);
        var (layer, x) = Problem();
        optimizer.Build(layer.Weights);
        Leaks.None(() =>
        {
            using var step = torch.NewDisposeScope();
            Step(optimizer, layer, x);
        });
    }

    private static void SetRate(Optimizer optimizer, double rate)
    {
        foreach (var part in optimizer.Parts) part.LearningRate = rate;
    }

    private static double[] Steps(Optimizer optimizer)
    {
        using var scope = torch.NewDisposeScope();
        Keras.SetRandomSeed(3);
        var (layer, x) = Problem();
        optimizer.Build(layer.Weights);
        for (var i = 0; i < 5; i++) Step(optimizer, layer, x);
        return Values(layer);
    }

    private static double[] Values(Layer layer) => [.. layer.GetWeights().SelectMany(w => Numbers(w))];

    private static (Dense Layer, Tensor X) Problem()
    {
        var layer = new Dense(3);
        var x = Sample(ScalarType.Float32, 8, 4);
        _ = layer.Call(x);
        return (layer, x);
    }

    private static void Step(Optimizer optimizer, Dense layer, Tensor x)
    {
        if (optimizer is LevenbergMarquardt squares) squares.MinimizeSquares(() => layer.Call(x, training: true) - 0.5);
        else optimizer.Minimize(() => Loss(layer, x));
    }

    private static Tensor Loss(Dense layer, Tensor x) => (layer.Call(x, training: true) - 0.5).square().mean();
}
