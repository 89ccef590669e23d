using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Models;

/// <summary>Masks on their way from the layer that makes them to losses and metrics.</summary>
public sealed class MaskTests
{
    // Steps whose features are all zero do not count: two of three in the first sample, one of three in the second.
    private static readonly Tensor s_x = Floats([1, 2, 0, 0, 0, 0, 3, 4, 5, 6, 0, 0], 2, 3, 2);
    private static readonly Tensor s_zeros = torch.zeros(2, 3, 1);

    [Test]
    public void A_mask_reaches_the_loss_and_the_metrics_through_layers_that_keep_it()
    {
        var model = Compiled([new NonZero(inputShape: (3, 2)), Dropout(0.1), Dense(1, kernelInitializer: "ones", activation: "relu"), Rescaling(1)]);
        // The steps that count give 3, 7 and 11.
        var score = model.Evaluate(s_x, s_zeros, verbose: 0);
        score["loss"].Should().BeApproximately((9 + 49 + 121) / 3.0, 1e-4);
        score["mae"].Should().BeApproximately((3 + 7 + 11) / 3.0, 1e-5);
        score["mean_squared_error"].Should().BeApproximately((9 + 49 + 121) / 3.0, 1e-4);
    }

    [Test]
    public void Sample_weights_and_masks_multiply()
    {
        Sequential model = [new NonZero(inputShape: (3, 2)), Dense(1, kernelInitializer: "ones")];
        model.Compile("sgd", "mse", weightedMetrics: ["mae"]);
        var score = model.Evaluate(s_x, s_zeros, sampleWeight: Vector(2, 1), verbose: 0);
        // total / valid = 6 / 3, and the mean divides by all six.
        score["loss"].Should().BeApproximately(((2 * 9) + 49 + 121) / 3.0, 1e-4);
        score["mae"].Should().BeApproximately(((2 * 3) + 7 + 11) / 4.0, 1e-5);
    }

    [Test]
    public void Padding_does_not_train()
    {
        double[] Trained(Tensor x, Tensor y)
        {
            SetRandomSeed(3);
            Sequential model = [new NonZero(inputShape: (null, 2)), Dense(4, activation: "tanh"), Dense(1)];
            model.Compile("sgd", "mse");
            model.Fit(x, y, epochs: 3, verbose: 0);
            return [.. model.GetWeights().SelectMany(Tensors.Numbers)];
        }

        var (x, y) = (Sample(ScalarType.Float32, 4, 3, 2), Sample(ScalarType.Float32, 4, 3, 1));
        var padded = Trained(torch.cat([x, torch.zeros(4, 5, 2)], 1), torch.cat([y, torch.ones(4, 5, 1)], 1));
        Close(torch.tensor(padded), Trained(x, y));
    }

    [Test]
    public void A_mask_goes_through_nested_models_and_merging_layers()
    {
        Sequential inner = [Dense(2, kernelInitializer: "ones", inputShape: (3, 2)), Activation("relu")];
        var x = Input(shape: (3, 2));
        var masked = new NonZero().Apply(x);
        var both = Add()(inner.Apply(masked), masked);
        var one = Concatenate()(both, x);
        new Model([x], [both]).TrainingPlan.MaskEnds.Should().BeEmpty();
        Masks(new Model([x], [both])).Should().Equal(true, false, false, true, true, false);
        Masks(new Model([x], [Concatenate()(masked, masked)])).Should().Equal(true, false, false, true, true, false);
        Masks(new Model([x], [Concatenate(axis: 1)(masked, x)])).Should().Equal(true, false, false, true, true, true, true, true, false, true, true, true);
        Masks(new Model([x], [one])).Should().AllSatisfy(m => m.Should().BeTrue(), "all steps of an input without a mask count");
        Masks(new Model([x], [Add()(masked, x)])).Should().BeEmpty("one input has no mask");
        Masks(new Model([x], [Dot(2)(masked, masked)])).Should().BeEmpty();
    }

    [Test]
    public void Where_a_mask_ends_is_said_once()
    {
        var written = new StringWriter();
        var before = Output;
        Output = written;
        try
        {
            Sequential model = [new NonZero(inputShape: (3, 2)), Flatten(name: "flat"), Dense(1)];
            model.Compile("sgd", "mse");
            for (var i = 0; i < 2; i++) model.Fit(s_x, torch.zeros(2, 1), verbose: 2);
        }
        finally
        {
            Output = before;
        }
        written.ToString().Split("Note: Flatten 'flat' (layer 2 of 3) receives a mask but does not keep it").Should().HaveCount(2);
    }

    [Test]
    public void The_mean_of_a_sequence_is_that_of_the_steps_that_count()
    {
        Sequential model = [new NonZero(inputShape: (3, 2)), GlobalAveragePooling1D()];
        Close(model.Predict(s_x), [1, 2, 4, 5]);
    }

    [Test]
    public void Batch_statistics_leave_masked_steps_out()
    {
        Sequential model = [new NonZero(inputShape: (3, 2)), BatchNormalization(momentum: 0)];
        model.Compile("sgd", "mse");
        model.TrainOnBatch(s_x, torch.zeros(2, 3, 2));
        // (1, 3, 5) and (2, 4, 6): means 3 and 4, variances 8/3.
        Close(model.Layers[1].Weights[2].ToTensor(), [3, 4]);
        Close(model.Layers[1].Weights[3].ToTensor(), [8 / 3.0, 8 / 3.0]);
    }

    [Test]
    public void A_mask_of_elements_takes_them_out_of_a_softmax()
    {
        var mask = Floats([1, 1, 0, 0, 0, 0], 2, 3).to_type(ScalarType.Bool);
        Close(new Softmax().Call([Floats([0, 0, 5, 1, 2, 3], 2, 3)], [mask]), [0.5, 0.5, 0, 0, 0, 0]);
        // A mask of steps says nothing about the elements of a step.
        Close(new Softmax().Call([torch.zeros(2, 3, 2)], [mask]), torch.full([2, 3, 2], 0.5));
    }

    [Test]
    public void Products_and_extremes_take_only_what_counts()
    {
        var (a, b) = (Floats([2, 3], 1, 2, 1), Floats([5, 1], 1, 2, 1));
        Tensor first = Mask(true, false), second = Mask(true, true);
        Close(new Multiply().Call([a, b], [first, second]), [10, 1]);
        Close(new Maximum().Call([a, b], [first, null]), [5, 1]);
        Close(new Minimum().Call([a, b], [first, second]), [2, 1]);
        Close(new Multiply().Call([a, b], [Mask(false, false), Mask(false, true)]), [0, 1]);

        static Tensor Mask(params bool[] values) => torch.tensor(values, [1, values.Length]);
    }

    [Test]
    public void Wrong_masks_are_refused()
    {
        var call = () => new Add().Call([s_x, s_x], [null]);
        call.Should().Throw<KerasException>().WithMessage("Add 'add*' expects one mask for each of its 2 inputs but received 1. Give null*");
        var whole = () => new BatchNormalization().Call([s_x], [s_x.ne(0)], training: true);
        whole.Should().Throw<KerasException>().WithMessage("BatchNormalization * expects a mask with one element per step, (2, 3) for inputs of (2, 3, 2), but received a mask of (2, 3, 2). Leave*");
    }

    [Test]
    public void Masked_steps_leave_no_tensor_behind()
    {
        Sequential model = [new NonZero(inputShape: (3, 2)), Dense(2), BatchNormalization(), Dropout(0.2), Dense(1)];
        model.Compile("adam", "mse", metrics: ["mae"]);
        Leaks.None(() => model.Fit(s_x, s_zeros, verbose: 0, batchSize: 1));
        Leaks.None(() => model.Evaluate(s_x, s_zeros, verbose: 0));
    }

    [Test]
    public void A_layer_adds_to_the_loss_and_reports_a_figure()
    {
        Sequential model = [Dense(1, kernelInitializer: "ones", inputShape: 2), new Costly()];
        model.Compile("sgd", "mse");
        var (x, y) = (Floats([1, 2, 3, 4], 2, 2), Floats([3, 7], 2, 1));
        var score = model.Evaluate(x, y, verbose: 0);
        score["loss"].Should().BeApproximately(0.5 * 5, 1e-6, "the error is 0 and the term half the mean of 3 and 7");
        score["size"].Should().BeApproximately(5, 1e-6);
        var history = model.Fit(x, y, verbose: 0, epochs: 2, validationData: (x, y));
        history["size"].Should().HaveCount(2);
        history.Keys.Should().Contain("val_size");
        model.Layers[0].Weights[0].ToTensor().mean().item<float>().Should().BeLessThan(1, "the term has a gradient");
        model.Predict(x);
        Leaks.None(() => model.Fit(x, y, verbose: 0));
    }

    [Test]
    public void Only_a_scalar_can_be_added_to_the_loss()
    {
        Sequential model = [new Costly(whole: true)];
        model.Compile("sgd", "mse");
        var fit = () => model.Fit(torch.rand(2, 3), torch.rand(2, 3), verbose: 0);
        fit.Should().Throw<KerasException>().WithMessage("Costly * expects to add a scalar to the loss but received (2, 3). Reduce it first*");
    }

    private static Sequential Compiled(Sequential model)
    {
        model.Compile("sgd", "mse", metrics: ["mae", "mean_squared_error"]);
        return model;
    }

    /// <summary>The mask of a model's only output; none at all where it has none.</summary>
    private static bool[] Masks(Model model)
    {
        var side = new SideResults();
        model.InferencePlan.Run([s_x], side);
        return side.MaskOf(0) is { } mask ? [.. mask.flatten().data<bool>()] : [];
    }

    /// <summary>A layer of the user's own that makes a mask.</summary>
    private sealed class NonZero(Shape? inputShape = null, string? name = null) : Layer(inputShape, name), IMaskProducer
    {
        public bool ProducesMask(IReadOnlyList<bool> inputs) => true;

        public Tensor ComputeMask(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor?> masks) => inputs[0].ne(0).any(-1);

        protected internal override Tensor Forward(Tensor input, bool training) => input;
    }

    /// <summary>A layer of the user's own that costs half the mean of its input.</summary>
    private sealed class Costly : Layer
    {
        private readonly DeepKeras.Metrics.Mean _size;

        public Costly(bool whole = false, string? name = null)
            : base(name: name)
        {
            Whole = whole;
            _size = AddMetric("size");
        }

        public bool Whole { get; }

        protected internal override Tensor Forward(Tensor input, bool training)
        {
            AddLoss(Whole ? input : input.mean().mul(0.5));
            _size.Update(input);
            return input;
        }
    }
}
