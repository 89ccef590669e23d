using DeepKeras.Data;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Models;

/// <summary>A frozen base is run once, and what is learned is the same.</summary>
public sealed class ModelFeaturesTests
{
    private readonly Tensor _x = Ramp(-1, 1 / 48.0, 32, 3);
    private readonly Tensor _y = torch.rand(32, 1);

    [OneTimeTearDown]
    public void Free()
    {
        _x.Dispose();
        _y.Dispose();
    }

    [Test]
    public void The_cut_lies_where_learning_or_chance_begins()
    {
        var net = Net();
        net.Freeze(..3);
        var (body, head) = net.SplitFrozen();
        body.Layers.Select(l => l.Name).Should().Contain(["a", "n"]).And.NotContain(["drop", "c"]);
        head.Layers.Select(l => l.Name).Should().Contain(["drop", "c"]).And.NotContain(["a", "n"]);
        using var scope = torch.NewDisposeScope();
        Close(head.Predict(body.Predict(_x)), net.Predict(_x));
        ((Action)(() => Net().SplitFrozen())).Should().Throw<KerasException>().WithMessage("*no frozen part*model.Freeze(..^1)*");
        net.Freeze();
        ((Action)(() => net.SplitFrozen())).Should().Throw<KerasException>().WithMessage("*frozen as a whole*model.Unfreeze(^1..)*");
    }

    [TestCase(false)]
    [TestCase(true)]
    public void The_head_learns_what_it_would_learn_in_the_whole(bool asDataset)
    {
        using var scope = torch.NewDisposeScope();
        var (whole, fast) = (Net(dropout: 0), Net(dropout: 0));
        fast.SetWeights(whole.GetWeights());
        foreach (var net in new[] { whole, fast })
        {
            net.Freeze(..3);
            net.Compile(new SGD(0.1), "mse");
        }
        var slow = whole.Fit(_x, _y, batchSize: 32, epochs: 4, verbose: 0, shuffle: false, validationData: (_x, _y));
        var quick = asDataset
            ? fast.FitHead(Dataset.FromTensors(_x, _y).Batch(10), batchSize: 32, epochs: 4, verbose: 0, validationData: Dataset.FromTensors(_x, _y).Batch(8))
            : fast.FitHead(_x, _y, batchSize: 32, epochs: 4, verbose: 0, validationData: (_x, _y));
        foreach (var (a, b) in whole.GetWeights().Zip(fast.GetWeights())) Close(a, b, tolerance: 1e-5);
        foreach (var key in new[] { "loss", "val_loss" }) quick[key].Zip(slow[key]).Should().OnlyContain(p => Math.Abs(p.First - p.Second) < 1e-5);
    }

    [Test]
    public void A_mask_begins_in_the_head()
    {
        using var scope = torch.NewDisposeScope();
        Sequential net = [Dense(2, activation: "relu", name: "a", inputShape: (3, 2)), Masking(name: "mask"), Dense(2, name: "b"), GlobalAveragePooling1D(), Dense(1)];
        net.Freeze(..3);
        var (body, head) = net.SplitFrozen();
        body.Layers.Select(l => l.Name).Should().Contain("a").And.NotContain(["mask", "b"]);
        var x = Floats([1, 2, 0, 0, 3, 4, 5, 6, 0, 0, 0, 0], 2, 3, 2);
        Close(head.Predict(body.Predict(x)), net.Predict(x));
    }

    [Test]
    public void The_base_runs_once_per_sample()
    {
        using var scope = torch.NewDisposeScope();
        var rows = 0L;
        var x = Input(3);
        var counted = Lambda(t =>
        {
            rows += t.shape[0];
            return t * 2;
        })(x);
        var net = new Model(inputs: [x], outputs: [Dense(1)(counted)]);
        net.Compile("sgd", "mse");
        rows = 0;
        net.FitHead(_x, _y, epochs: 5, verbose: 0);
        rows.Should().Be(32);
        net.FitHead(Dataset.FromTensors(_x, _y).Batch(10), epochs: 5, verbose: 0);
        rows.Should().BeInRange(64, 74, "a Dataset may be looked at once more to learn its shapes");
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Nothing_is_left_behind(bool asDataset)
    {
        var net = Net();
        net.Freeze(..3);
        net.Compile("adam", "mse");
        if (asDataset) Leaks.None(() => net.FitHead(Dataset.FromTensors(_x, _y).Batch(8), epochs: 2, verbose: 0, validationData: Dataset.FromTensors(_x, _y).Batch(8)), 5);
        else Leaks.None(() => net.FitHead(_x, _y, epochs: 2, verbose: 0, validationData: (_x, _y)), 5);
    }

    private static Sequential Net(double dropout = 0.5) =>
        [Dense(4, activation: "tanh", inputShape: 3, name: "a"), BatchNormalization(name: "n"), Dropout(dropout, name: "drop"), Dense(1, name: "c")];
}
