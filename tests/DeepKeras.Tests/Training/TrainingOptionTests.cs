using DeepKeras.Callbacks;
using DeepKeras.Data;
using DeepKeras.Training;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Training;

/// <summary>Options of Fit, Evaluate and Predict one by one; numbers by hand: a linear model at zero has a loss that the targets tell.</summary>
public sealed class TrainingOptionTests
{
    [Test]
    public void Validation_comes_after_the_epochs_of_a_list()
    {
        using var scope = torch.NewDisposeScope();
        var history = Line().Fit(torch.ones(4, 1), torch.ones(4, 1), epochs: 6, verbose: 0, validationSplit: 0.5, validationFreq: [1, 2, 5]);
        history.EpochsOf("val_loss").Should().Equal(0, 1, 4);
        history.EpochsOf("loss").Should().HaveCount(6);
        int[] list = [3];
        Line().Fit(torch.ones(4, 1), torch.ones(4, 1), epochs: 4, verbose: 0, validationSplit: 0.5, validationFreq: list, callbacks: [new EarlyStopping(patience: 3)]).EpochsOf("val_loss").Should().Equal(2);
        var zero = () => Line().Fit(torch.ones(4, 1), torch.ones(4, 1), verbose: 0, validationFreq: [0, 2]);
        zero.Should().Throw<KerasException>().WithMessage("validationFreq must be at least 1 for each epoch but was 0.");
    }

    [Test]
    public void Batch_shuffling_keeps_samples_in_their_batch()
    {
        using var scope = torch.NewDisposeScope();
        SetRandomSeed(3);
        var seen = new List<double[]>();
        var model = new Watched(seen);
        model.Compile("sgd", "mse");
        model.Fit(torch.arange(10, ScalarType.Float32).view(10, 1), torch.zeros(10, 1), batchSize: 4, epochs: 3, verbose: 0, shuffle: "batch");
        seen.Should().HaveCount(9);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            seen[3 * epoch].Order().Should().Equal(0, 1, 2, 3);
            seen[(3 * epoch) + 1].Order().Should().Equal(4, 5, 6, 7);
            seen[(3 * epoch) + 2].Order().Should().Equal(8, 9);
        }
        seen.Take(3).SelectMany(b => b).Should().NotEqual(seen.Skip(3).Take(3).SelectMany(b => b), "each epoch has an order of its own");
        seen.Clear();
        model.Fit(torch.arange(10, ScalarType.Float32).view(10, 1), torch.zeros(10, 1), batchSize: 4, verbose: 0, shuffle: false);
        seen.SelectMany(b => b).Should().Equal(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        var word = () => model.Fit(torch.ones(2, 1), torch.zeros(2, 1), verbose: 0, shuffle: "batches");
        word.Should().Throw<KerasException>().WithMessage("Unknown shuffle \"batches\". *batch*");
    }

    [Test]
    public void Steps_go_on_through_the_data_across_epochs()
    {
        using var scope = torch.NewDisposeScope();
        var seen = new List<double[]>();
        var model = new Watched(seen);
        model.Compile("sgd", "mse");
        model.Fit(torch.arange(5, ScalarType.Float32).view(5, 1), torch.zeros(5, 1), batchSize: 1, epochs: 3, verbose: 0, shuffle: false, stepsPerEpoch: 2);
        seen.SelectMany(b => b).Should().Equal(0, 1, 2, 3, 4, 0);
    }

    [Test]
    public void Generators_are_read_as_they_are()
    {
        using var scope = torch.NewDisposeScope();
        var seen = new List<double[]>();
        var model = new Watched(seen);
        model.Compile("sgd", "mse");
        model.Fit(Endless(), epochs: 2, stepsPerEpoch: 3, verbose: 0).Epochs.Should().Equal(0, 1);
        seen.Select(b => b[0]).Should().Equal([0, 1, 2, 3, 4, 5], "one without end goes on");
        seen.Clear();
        model.Fit(Endless().Take(2), epochs: 2, verbose: 0);
        seen.Select(b => b[0]).Should().Equal([0, 1, 0, 1], "one that ends starts anew");
        var batches = Enumerable.Range(0, 3).Select(i => new Batch([torch.full([2, 1], i)], [torch.zeros(2, 1)], null, 2)).ToList();
        seen.Clear();
        model.Fit(batches, verbose: 0);
        model.Fit(Later(batches), verbose: 0);
        seen.Select(b => b[0]).Should().Equal(0, 1, 2, 0, 1, 2);
        seen.Clear();
        // The watched layer hands its input on, so the loss is the mean of 0, 1, 4.
        model.Evaluate(Endless(), steps: 3, verbose: 0).Loss.Should().BeApproximately(5 / 3.0, 1e-6);
        model.Evaluate(batches, verbose: 0).Loss.Should().BeApproximately(5 / 3.0, 1e-6);
        model.Evaluate(Later(batches), verbose: 0).Loss.Should().BeApproximately(5 / 3.0, 1e-6);
        Numbers(model.Predict(Endless().Select(p => p.X), steps: 2)[0]).Should().Equal(0, 0, 1, 1);
    }

    [Test]
    public void Class_weights_work_by_output()
    {
        using var scope = torch.NewDisposeScope();
        var model = TwoHeads();
        var x = torch.zeros(4, 1);
        Dictionary<string, TensorData> y = new() { ["a"] = torch.tensor(new long[] { 0, 1, 1, 1 }), ["b"] = torch.tensor(new long[] { 0, 0, 0, 1 }) };
        var history = model.Fit(x, y, verbose: 0, classWeight: new Dictionary<string, Dictionary<int, double>> { ["b"] = new() { [1] = 5 } });
        history["a_loss"][0].Should().BeApproximately(Math.Log(2), 1e-6);
        history["b_loss"][0].Should().BeApproximately(Math.Log(2) * (3 + 5) / 4, 1e-5);
        double[] both = [2, 3];
        history = model.Fit(x, y, verbose: 0, classWeight: new Dictionary<string, ClassWeight> { ["a"] = both });
        history["a_loss"][0].Should().BeApproximately(Math.Log(2) * (2 + 9) / 4, 1e-5);
        history = model.Fit(Dataset.FromTensors(x, y).Batch(2), verbose: 0, classWeight: new Dictionary<string, ClassWeight> { ["a"] = both });
        history["a_loss"][0].Should().BeApproximately(Math.Log(2) * (2 + 9) / 4, 1e-5);
        Refused(() => model.Fit(x, y, verbose: 0, classWeight: both), "classWeight was given without output names, but * has 2 outputs (a, b). *");
        Refused(() => model.Fit(x, y, verbose: 0, classWeight: new Dictionary<string, ClassWeight> { ["c"] = both }), "*has no output 'c' (in classWeight)*");
    }

    [Test]
    public void Class_weights_work_by_pixel()
    {
        using var scope = torch.NewDisposeScope();
        // A picture of 2 × 3 pixels and 3 classes: its class numbers are as wide as there are classes.
        Sequential model = [Conv2D(3, 1, kernelInitializer: "zeros", activation: "softmax", inputShape: (2, 3, 1))];
        var classes = torch.tensor(new long[] { 0, 1, 2, 2, 2, 0 }, [1, 2, 3]);
        double[] weights = [1, 10, 4];
        var expected = Math.Log(3) * (1 + 10 + 4 + 4 + 4 + 1) / 6;
        foreach (var (loss, y) in new[] { ("sparse_categorical_crossentropy", classes), ("sparse_categorical_crossentropy", classes.unsqueeze(-1)), ("categorical_crossentropy", ToCategorical(classes, 3)) })
        {
            model.Compile(new SGD(0), loss);
            model.Fit(torch.zeros(1, 2, 3, 1), y, verbose: 0, classWeight: weights)["loss"][0].Should().BeApproximately(expected, 1e-5);
        }
    }

    [Test]
    public void Sample_and_loss_weights_go_by_output_name()
    {
        using var scope = torch.NewDisposeScope();
        var model = TwoHeads(new Dictionary<string, double> { ["b"] = 3 });
        var x = torch.zeros(4, 1);
        Dictionary<string, TensorData> y = new() { ["a"] = torch.zeros(4, 1), ["b"] = torch.zeros(4, 1) };
        Dictionary<string, TensorData> weights = new() { ["b"] = new float[] { 0, 1, 2, 5 } };
        foreach (var history in new[] { model.Fit(x, y, verbose: 0, sampleWeight: weights), model.Fit(Dataset.FromTensors(x, y, weights).Batch(4), verbose: 0) })
        {
            history["a_loss"][0].Should().BeApproximately(Math.Log(2), 1e-6);
            history["b_loss"][0].Should().BeApproximately(2 * Math.Log(2), 1e-6);
            history["loss"][0].Should().BeApproximately((1 + (3 * 2)) * Math.Log(2), 1e-5);
        }
        Refused(() => model.Fit(x, y, verbose: 0, sampleWeight: new Dictionary<string, TensorData> { ["c"] = new float[4] }), "*sampleWeight*'c'*");
    }

    private static void Refused(Action run, string message) => run.Should().Throw<KerasException>().WithMessage(message);

    private static IEnumerable<(TensorData X, TensorData Y)> Endless()
    {
        for (var i = 0; ; i++) yield return (torch.full([2, 1], i), torch.zeros(2, 1));
    }

    private static async IAsyncEnumerable<Batch> Later(IEnumerable<Batch> batches)
    {
        foreach (var batch in batches)
        {
            await Task.Yield();
            yield return batch with { Inputs = [batch.Inputs[0].alias()], Targets = [batch.Targets[0].alias()] };
        }
    }

    private static Sequential Line()
    {
        Sequential model = [Dense(1, kernelInitializer: "zeros", inputShape: 1)];
        model.Compile("sgd", "mse");
        return model;
    }

    private static Model TwoHeads(LossWeights? lossWeights = null)
    {
        var input = Input(1);
        var model = new Model([input], [Dense(2, kernelInitializer: "zeros", activation: "softmax", name: "a")(input), Dense(2, kernelInitializer: "zeros", activation: "softmax", name: "b")(input)]);
        model.Compile(new SGD(0), "sparse_categorical_crossentropy", lossWeights: lossWeights);
        return model;
    }

    /// <summary>A model that hands its input on and notes it in training, in place of learning.</summary>
    private sealed class Watched : Model
    {
        private readonly List<double[]> _seen;

        public Watched(List<double[]> seen)
            : this(seen, Input(1))
        {
        }

        private Watched(List<double[]> seen, KerasTensor input)
            : base([input], [Dense(1, kernelInitializer: "ones", useBias: false)(input)]) => _seen = seen;

        protected internal override void TrainStep(Batch batch)
        {
            _seen.Add(Numbers(batch.Inputs[0]));
            var predictions = Forward(batch, training: true);
            Track(batch, predictions, ComputeLoss(batch, predictions));
        }
    }
}
