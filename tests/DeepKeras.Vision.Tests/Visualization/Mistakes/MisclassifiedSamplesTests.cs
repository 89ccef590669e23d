using DeepKeras.Data;
using DeepKeras.Vision.Visualization;
using static DeepKeras.Keras;

namespace DeepKeras.Vision.Tests.Visualization.Mistakes;

[TestFixture]
public sealed class MisclassifiedSamplesTests
{
    private static readonly string[] s_names = ["cat", "dog", "frog"];

    // Each image is one pixel whose three channels are the scores of three classes.
    private static readonly float[] s_scores = [2, 0, 0, 0, 3, 0, 0, 1, 0, 5, 0, 0, 0, 0, 4];
    private static readonly long[] s_labels = [0, 0, 2, 1, 0];

    [Test]
    public void The_surest_mistakes_come_first_with_their_probability()
    {
        var found = MisclassifiedSamples.Of(Softmaxer(), Images(), torch.tensor(s_labels), s_names);
        found.Total.Should().Be(5);
        found.Mistakes.Should().Be(4);
        found.Samples.Select(s => (s.Index, s.TrueClass, s.Recognised)).Should().Equal((3, 1, 0), (4, 0, 2), (1, 0, 1), (2, 2, 1));
        double[] expected = [.. new[] { 5, 4, 3, 1 }.Select(s => Math.Exp(s) / (Math.Exp(s) + 2))];
        found.Samples.Zip(expected).Should().OnlyContain(p => Math.Abs(p.First.Probability - p.Second) < 1e-6);
        found.Caption(found.Samples[0]).Should().Be("dog → cat 99%");
        Numbers(found.Samples[0].Image).Should().Equal(new double[] { 5, 0, 0 }, "numbers up to 255 are bytes");
    }

    [Test]
    public void Only_so_many_are_kept_and_one_hot_labels_will_do()
    {
        var found = MisclassifiedSamples.Of(Softmaxer(), Images(), ToCategorical(torch.tensor(s_labels), 3), count: 2);
        found.Mistakes.Should().Be(4);
        found.Samples.Select(s => s.Index).Should().Equal(3, 4);
        found.Caption(found.Samples[1]).Should().Be("0 → 2 96%");
    }

    [Test]
    public void A_data_set_gives_the_same_in_one_pass()
    {
        var (images, labels) = (Images(), torch.tensor(s_labels));
        var passes = 0;
        var data = Dataset.FromBatches(() =>
        {
            passes++;
            return new[] { (0, 2), (2, 2), (4, 1) }.Select(p => ((TensorData)images.narrow(0, p.Item1, p.Item2).clone(), (TensorData)labels.narrow(0, p.Item1, p.Item2).clone()));
        });
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var found = MisclassifiedSamples.Of(Softmaxer(), data, s_names, count: 3);
        passes.Should().Be(1);
        found.Samples.Select(s => s.Index).Should().Equal(3, 4, 1);
        found.Total.Should().Be(5);
        (DisposeScopeManager.Statistics.ThreadTotalLiveCount - live).Should().Be(3, "batches and images that fell out are freed, those kept belong to no scope");
    }

    [Test]
    public void One_probability_stands_for_two_classes()
    {
        Sequential model = [Flatten(inputShape: (1, 1, 1)), Activation("linear")];
        var images = torch.tensor(new[] { 0.9f, 0.2f, 0.6f }, [3, 1, 1, 1]);
        var found = MisclassifiedSamples.Of(model, images, torch.tensor(new long[] { 0, 1, 1 }), ["no", "yes"]);
        found.Samples.Select(s => found.Caption(s)).Should().Equal("no → yes 90%", "yes → no 80%");
    }

    [Test]
    public void The_sheet_has_room_for_captions()
    {
        using var folder = new TemporaryFolder();
        var found = MisclassifiedSamples.Of(Softmaxer(), Images(), torch.tensor(s_labels), s_names);
        using var sheet = found.ToTensor(columns: 3);
        sheet.shape.Should().Equal(26 + (2 * (160 + 13 + 8)), 8 + (3 * (160 + 8)), 3);
        found.Save(folder.File("mistakes.png"));
        using var read = ImageFile.Load(folder.File("mistakes.png"));
        read.shape[2].Should().Be(3);
    }

    [Test]
    public void Bad_input_is_refused()
    {
        var (model, images, labels) = (Softmaxer(), Images(), torch.tensor(s_labels));
        Refused(() => MisclassifiedSamples.Of(model, images, labels.narrow(0, 0, 3)), "MisclassifiedSamples: there must be as many labels as images*(5, 1, 1, 3) and labels (3,)*");
        Refused(() => MisclassifiedSamples.Of(model, images.flatten(1), labels), "MisclassifiedSamples: a batch must hold images*received (5, 3) and (5,)*");
        Refused(() => MisclassifiedSamples.Of(model, images, labels, ["cat"]), "MisclassifiedSamples: classNames must name 3 classes but has 1 names*");
        Refused(() => MisclassifiedSamples.Of(model, images, labels.add(7)), "MisclassifiedSamples: labels must be between 0 and 2 for this model but one is 7*");
        Refused(() => MisclassifiedSamples.Of(model, images, labels, count: 0), "MisclassifiedSamples: count must be at least 1 but was 0*");
        Refused(() => MisclassifiedSamples.Of(new Sequential([Conv2D(2, 1, inputShape: (1, 1, 3))]), images, labels), "MisclassifiedSamples: the model must answer with probabilities*(5, 1, 1, 2)*");
        Refused(() => MisclassifiedSamples.Of(model, new TwoTargets()), "MisclassifiedSamples: each batch must have one target, the labels, but one with 2 came*");
        Refused(() => MisclassifiedSamples.Of(model, images.narrow(0, 0, 1), labels.narrow(0, 0, 1)).ToTensor(), "MisclassifiedSamples: there is no mistake to show among 1 samples*");
    }

    private static void Refused(Action action, string message) => action.Should().Throw<KerasException>().WithMessage(message);

    private static Sequential Softmaxer() => [Flatten(inputShape: (1, 1, 3)), Softmax()];

    private static Tensor Images() => torch.tensor(s_scores, [5, 1, 1, 3]);

    private sealed class TwoTargets : Dataset<Batch>
    {
        public override IEnumerable<Batch> Elements() => [new([Images()], [torch.zeros(5), torch.zeros(5)], null, 5)];
    }
}
