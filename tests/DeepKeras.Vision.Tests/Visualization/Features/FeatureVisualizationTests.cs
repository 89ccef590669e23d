using DeepKeras.Layers;
using DeepKeras.Vision.Visualization;
using static DeepKeras.Keras;

namespace DeepKeras.Vision.Tests.Visualization.Features;

[TestFixture]
public sealed class FeatureVisualizationTests
{
    /// <summary>Nothing but the gradient, and a norm that keeps values away from the ends of the range.</summary>
    private static readonly AscentOptions s_plain = new() { Steps = 100, StepSize = 0.02, Jitter = 0, BlurEvery = 0, TotalVariation = 0, Decay = 0.1, Noise = 0.01, Range = (0, 1) };

    [Test]
    public void The_image_that_maximises_a_linear_filter_is_the_filter()
    {
        // max ⟨w, x⟩ over a ball is w itself, whatever w.
        var filters = Noise(5, 5, 3, 4);
        var model = new Sequential([Conv2D(4, 5, useBias: false, inputShape: (5, 5, 3), name: "conv")]);
        model.SetWeights([filters]);
        for (var channel = 0; channel < 4; channel++)
        {
            using var image = FeatureVisualization.MaximizeFilter(model, "conv", channel, s_plain);
            image.shape.Should().Equal(5, 5, 3);
            Correlation(image, filters.select(3, channel)).Should().BeGreaterThan(0.99);
        }
    }

    [Test]
    public void The_image_that_maximises_a_unit_is_the_filter_at_its_place_and_grey_elsewhere()
    {
        var filters = Noise(3, 3, 1, 2);
        var model = new Sequential([Conv2D(2, 3, useBias: false, inputShape: (9, 9, 1), name: "conv")]);
        model.SetWeights([filters]);
        // A ninth of the pixels takes the whole step, so it is to be a third as long.
        var gentle = s_plain with { StepSize = 0.006, Noise = 0.001 };
        var expected = torch.zeros(9, 9, 1);
        expected.narrow(0, 1, 3).narrow(1, 4, 3).copy_(filters.select(3, 1));
        using var image = FeatureVisualization.MaximizeUnit(model, "conv", 1, row: 1, column: 4, options: gentle);
        Correlation(image, expected).Should().BeGreaterThan(0.99);
        using var middle = FeatureVisualization.MaximizeUnit(model, model.Layers[0], 1, options: gentle);
        Correlation(middle, expected.roll([2, -1], [0, 1])).Should().BeGreaterThan(0.99);
    }

    [Test]
    public void A_class_is_climbed_by_its_score_before_the_softmax([Values] bool separate)
    {
        // Through the softmax the gradient would be a mixture of all columns.
        var kernel = Noise(16, 3);
        Sequential model = separate
            ? [Flatten(inputShape: (4, 4, 1)), Dense(3), Activation("softmax")]
            : [Flatten(inputShape: (4, 4, 1)), Dense(3, activation: "softmax")];
        model.SetWeights([kernel, torch.tensor(new[] { 0f, 50, 0 })]);
        using var image = FeatureVisualization.MaximizeClass(model, 2, s_plain);
        Correlation(image, kernel.select(1, 2)).Should().BeGreaterThan(0.99);
    }

    [Test]
    public void One_output_unit_stands_for_two_classes()
    {
        var kernel = Noise(16, 1);
        Sequential model = [Flatten(inputShape: (4, 4, 1)), Dense(1, activation: "sigmoid", useBias: false)];
        model.SetWeights([kernel]);
        using var yes = FeatureVisualization.MaximizeClass(model, 1, s_plain);
        using var no = FeatureVisualization.MaximizeClass(model, 0, s_plain);
        Correlation(yes, kernel).Should().BeGreaterThan(0.99);
        Correlation(no, kernel).Should().BeLessThan(-0.99);
        FluentActions.Invoking(() => FeatureVisualization.MaximizeClass(model, 2)).Should().Throw<KerasException>().WithMessage("Objective class 2: the class must be between 0 and 1 but was 2*");
    }

    [Test]
    public void A_layer_is_climbed_by_the_mean_of_its_squares()
    {
        var (objectives, model) = (new List<double>(), Network());
        using var image = FeatureVisualization.MaximizeLayer(model, "second", s_plain with { Steps = 1, Noise = 0, Progress = s => objectives.AddRange(s.Objectives) });
        using var answer = new Model(model.Input, model.GetLayer("second").Output).Predict(torch.full([1, 16, 16, 3], 0.5));
        objectives.Should().ContainSingle().Which.Should().BeApproximately(Numbers(answer.Single).Average(v => v * v), 1e-6);
    }

    [Test]
    public void Objectives_are_weighted_sums()
    {
        var model = Network();
        Objective[] all =
        [
            Objective.Channel("second", 1), Objective.Unit("first", 2, 3, 4), Objective.Class(1), "first",
            (2 * Objective.Channel("second", 1)) - Objective.Unit("first", 2, 3, 4) + (Objective.Class(1) * 0.5) - (Objective)"first",
        ];
        IReadOnlyList<double> values = [];
        using var images = FeatureVisualization.Maximize(model, all, s_plain with { Steps = 1, Progress = s => values = s.Objectives });
        images.shape.Should().Equal(5, 16, 16, 3);
        values[4].Should().BeApproximately((2 * values[0]) - values[1] + (0.5 * values[2]) - values[3], 1e-6);
    }

    [Test]
    public void The_objective_rises_strongly_with_all_that_smooths_switched_on()
    {
        var steps = new List<AscentStep>();
        using var images = FeatureVisualization.Maximize(Network(), [Objective.Channel("second", 0), Objective.Channel("second", 1)], new AscentOptions { Steps = 60, Progress = steps.Add });
        steps.Should().HaveCount(60);
        steps[^1].Should().BeEquivalentTo(new { Octave = 1, Octaves = 1, Step = 60, Steps = 60, Size = (16, 16) });
        for (var i = 0; i < 2; i++) steps[^1].Objectives[i].Should().BeGreaterThan(2 * steps[0].Objectives[i]);
        Number(images.min()).Should().BeGreaterOrEqualTo(0);
        Number(images.max()).Should().BeLessOrEqualTo(1);
    }

    [Test]
    public void A_seed_repeats_bit_for_bit()
    {
        var model = Network();
        var options = new AscentOptions { Steps = 8, Seed = 5 };
        using var first = FeatureVisualization.MaximizeFilter(model, "second", 0, options);
        using var again = FeatureVisualization.MaximizeFilter(model, "second", 0, options);
        using var other = FeatureVisualization.MaximizeFilter(model, "second", 0, options with { Seed = 6 });
        Numbers(again).Should().Equal(Numbers(first));
        Numbers(other).Should().NotEqual(Numbers(first));
    }

    [Test]
    public void The_model_its_gradients_and_the_random_state_stay_as_they_are()
    {
        var model = Network();
        var before = model.GetWeights().Select(Tensors.Numbers).ToArray();
        SetRandomSeed(1);
        var expected = Numbers(torch.rand(3));
        SetRandomSeed(1);
        using var image = FeatureVisualization.MaximizeClass(model, 0, new AscentOptions { Steps = 4 });
        Numbers(torch.rand(3)).Should().Equal(expected);
        model.GetWeights().Select(Tensors.Numbers).Should().BeEquivalentTo(before, o => o.WithStrictOrdering());
        model.Weights.All(w => w.Value.grad is null).Should().BeTrue("only the image gets a gradient");
        model.GetLayer("second").Output.Shape.Should().Equal(null, 16, 16, 2);
        image.requires_grad.Should().BeFalse();
    }

    [Test]
    public void Memory_is_flat_over_the_steps()
    {
        var live = new List<long>();
        using var image = FeatureVisualization.MaximizeFilter(Network(), "second", 0, new AscentOptions { Steps = 30, Progress = _ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount) });
        live[^1].Should().Be(live[3]);
    }

    [Test]
    public void Convolutions_take_any_size_and_a_Flatten_only_the_one_it_was_built_for()
    {
        var model = Network();
        var wide = new AscentOptions { Steps = 2, Size = (24, 40) };
        using var image = FeatureVisualization.MaximizeFilter(model, "second", 0, wide);
        image.shape.Should().Equal(24, 40, 3);
        FluentActions.Invoking(() => FeatureVisualization.MaximizeClass(model, 0, wide)).Should().Throw<KerasException>().WithMessage("*cannot be run up to the output with images of 24 × 40 pixels. Use the size it was built for*");
        var free = new Sequential([Conv2D(2, 3, inputShape: (null, null, 1), name: "conv")]);
        using var unsized = FeatureVisualization.MaximizeFilter(free, "conv", 0, new AscentOptions { Steps = 1 });
        unsized.shape.Should().Equal(96, 96, 1);
    }

    [Test]
    public void A_silent_filter_is_stirred_until_it_wakes_up()
    {
        var model = new Sequential([Conv2D(1, 1, activation: "relu", inputShape: (8, 8, 1), name: "conv")]);
        model.SetWeights([torch.ones(1, 1, 1, 1), torch.tensor(new[] { -0.7f })]);
        var values = new List<double>();
        using var image = FeatureVisualization.MaximizeFilter(model, "conv", 0, s_plain with { Decay = 0, Noise = 0.04, Progress = s => values.Add(s.Objectives[0]) });
        values[0].Should().Be(0, "no pixel reaches 0.7 at first");
        values[^1].Should().BeGreaterThan(0.004, "one pixel at 1 answers with 0.3 / 64");
    }

    [Test]
    public void A_model_that_begins_by_dividing_bytes_is_climbed_in_bytes()
    {
        Sequential model = [Rescaling(1 / 255.0, inputShape: (6, 6, 1)), Conv2D(1, 3, useBias: false, name: "conv")];
        model.SetWeights([torch.ones(3, 3, 1, 1)]);
        using var image = FeatureVisualization.MaximizeFilter(model, "conv", 0, new AscentOptions { Steps = 60, Decay = 0 });
        Number(image.max()).Should().BeApproximately(255, 0.5);
        using var narrow = FeatureVisualization.MaximizeFilter(model, "conv", 0, new AscentOptions { Steps = 60, Decay = 0, Range = (10, 20) });
        Number(narrow.max()).Should().BeApproximately(20, 0.5);
    }

    [Test]
    public void Panels_show_one_picture_per_filter_or_class()
    {
        var model = Network();
        var options = new AscentOptions { Steps = 2 };
        using var filters = FeatureVisualization.Panel(model, "first", options: options, columns: 3, scale: 2);
        filters.dtype.Should().Be(ScalarType.Byte);
        filters.shape[0].Should().Be(26 + (2 * (32 + 13 + 8)));
        filters.shape[1].Should().BeGreaterThanOrEqualTo(8 + (3 * (32 + 8)), "a long title widens the paper");
        using var classes = FeatureVisualization.ClassPanel(model, ["cat", "dog", "frog"], options, columns: 3, scale: 1);
        classes.shape[0].Should().Be(26 + 16 + 13 + 8);
        classes.shape[1].Should().BeGreaterThanOrEqualTo(8 + (3 * 24));
    }

    [Test]
    public void A_picture_has_middle_grey_where_the_image_has_its_mean()
    {
        using var picture = FeatureVisualization.ToPicture(torch.tensor(new float[] { 5, 7, 9 }, [1, 3, 1]));
        // (9 − 7) / √(8/3) = 1.22 deviations; 127.5 ± 255 · 0.2 · 1.22, halves to even.
        Numbers(picture).Should().Equal(65, 128, 190);
        using var larger = FeatureVisualization.ToPicture(torch.ones(2, 3, 3), 4);
        larger.shape.Should().Equal(8, 12, 3);
        FluentActions.Invoking(() => FeatureVisualization.ToPicture(torch.ones(2, 3, 3), 0)).Should().Throw<KerasException>().WithMessage("FeatureVisualization: scale must be at least 1 but was 0*");
        FluentActions.Invoking(() => FeatureVisualization.ToPicture(torch.ones(2, 3))).Should().Throw<KerasException>().WithMessage("An image must be*(2, 3)*");
    }

    [Test]
    public void Bad_input_is_refused()
    {
        var model = Network();
        FluentActions.Invoking(() => FeatureVisualization.MaximizeFilter(model, "secund", 0)).Should().Throw<KerasException>().WithMessage("Model * has no layer 'secund'. Its layers are 'second'*");
        FluentActions.Invoking(() => FeatureVisualization.MaximizeFilter(model, "second", 2)).Should().Throw<KerasException>().WithMessage("Objective channel 2 of 'second': the channel must be between 0 and 1 but was 2*");
        FluentActions.Invoking(() => FeatureVisualization.MaximizeUnit(model, "second", 0, row: 16)).Should().Throw<KerasException>().WithMessage("Objective unit 0 of 'second': the row must be between 0 and 15 but was 16*");
        FluentActions.Invoking(() => FeatureVisualization.MaximizeClass(model, 3)).Should().Throw<KerasException>().WithMessage("Objective class 3: the class must be between 0 and 2 but was 3*");
        var outer = Input((16, 16, 3));
        var nesting = new Model(outer, model.Apply(outer));
        FluentActions.Invoking(() => FeatureVisualization.MaximizeFilter(nesting, "second", 0)).Should().Throw<KerasException>().WithMessage("Objective: layer 'second' belongs to a model nested in *");
        FluentActions.Invoking(() => FeatureVisualization.Maximize(model, [])).Should().Throw<KerasException>().WithMessage("FeatureVisualization: there is nothing to maximise*");
        FluentActions.Invoking(() => FeatureVisualization.Panel(model, "first", [])).Should().Throw<KerasException>().WithMessage("FeatureVisualization: there is nothing to maximise*");
        FluentActions.Invoking(() => FeatureVisualization.MaximizeClass(new Sequential([Dense(2, inputShape: 4)]), 0)).Should().Throw<KerasException>().WithMessage("Model * takes (None, 4), but an image*");
    }

    [TestCaseSource(nameof(BadOptions))]
    public void Bad_options_are_refused(string name, AscentOptions options) =>
        FluentActions.Invoking(() => FeatureVisualization.MaximizeLayer(Network(), "first", options)).Should().Throw<KerasException>().WithMessage($"AscentOptions: {name} must be *");

    private static IEnumerable<TestCaseData> BadOptions() =>
    [
        new("Steps", new AscentOptions { Steps = 0 }), new("StepSize", new AscentOptions { StepSize = 0 }), new("Jitter", new AscentOptions { Jitter = -1 }),
        new("BlurEvery", new AscentOptions { BlurEvery = -1 }), new("BlurSigma", new AscentOptions { BlurSigma = double.NaN }), new("Decay", new AscentOptions { Decay = 2 }),
        new("TotalVariation", new AscentOptions { TotalVariation = -1 }), new("Noise", new AscentOptions { Noise = -1 }), new("Size", new AscentOptions { Size = (0, 8) }),
        new("Range", new AscentOptions { Range = (1, 1) }),
    ];

    private static Sequential Network()
    {
        SetRandomSeed(4);
        return
        [
            Conv2D(4, 3, padding: "same", activation: "relu", inputShape: (16, 16, 3), name: "first"),
            Conv2D(2, 3, padding: "same", activation: "relu", name: "second"),
            Flatten(),
            Dense(3, activation: "softmax"),
        ];
    }

    private static Tensor Noise(params long[] shape) => new SeededNoise(9).Normal(shape);

    private static double Correlation(Tensor a, Tensor b)
    {
        var (x, y) = (Numbers(a), Numbers(b));
        var (meanX, meanY) = (x.Average(), y.Average());
        var product = x.Zip(y, (p, q) => (p - meanX) * (q - meanY)).Sum();
        return product / Math.Sqrt(x.Sum(p => (p - meanX) * (p - meanX)) * y.Sum(q => (q - meanY) * (q - meanY)));
    }
}
