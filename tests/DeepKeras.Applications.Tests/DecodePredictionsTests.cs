namespace DeepKeras.Applications.Tests;

/// <summary>ImageNet's classes in words.</summary>
public sealed class DecodePredictionsTests
{
    [Test]
    public void It_names_the_likeliest_classes_of_each_image()
    {
        using var scope = torch.NewDisposeScope();
        var probabilities = torch.zeros(2, 1000);
        probabilities[0, 0] = 0.25f;
        probabilities[0, 999] = 0.75f;
        probabilities[1, 281] = 0.5f;
        probabilities[1, 285] = 0.375f;
        probabilities[1, 254] = 0.125f;

        var decoded = Zoo.DecodePredictions(probabilities, top: 2);

        decoded.Should().HaveCount(2);
        decoded[0].Should().Equal(new ClassPrediction(999, "toilet tissue", 0.75f), new ClassPrediction(0, "tench", 0.25f));
        decoded[1].Should().Equal(new ClassPrediction(281, "tabby", 0.5f), new ClassPrediction(285, "Egyptian cat", 0.375f));
    }

    [Test]
    public void The_names_are_a_thousand_different_ones()
    {
        using var scope = torch.NewDisposeScope();
        var decoded = Zoo.DecodePredictions(torch.linspace(1, 0, 1000).unsqueeze(0), top: 1000)[0];
        decoded.Select(c => c.Index).Should().Equal(Enumerable.Range(0, 1000));
        decoded.Select(c => c.Name).Should().OnlyHaveUniqueItems().And.OnlyContain(n => n.Length > 0 && n == n.Trim());
    }

    [Test]
    public void A_network_says_what_it_sees()
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.MobileNetV2(weights: null, inputShape: (32, 32, 3), alpha: 0.25);
        using var predictions = net.Predict(Sample(ScalarType.Float32, 3, 32, 32, 3));

        var decoded = net.DecodePredictions(predictions);

        decoded.Should().HaveCount(3);
        decoded.Should().OnlyContain(image => image.Count == 5);
        decoded[2].Select(c => c.Probability).Should().BeInDescendingOrder();
        decoded[2][0].Probability.Should().Be(predictions.Single[2].max().item<float>());
    }

    [Test]
    public void Nothing_remains_of_its_work()
    {
        using var scope = torch.NewDisposeScope();
        var probabilities = torch.zeros(4, 1000);
        Leaks.None(() => Zoo.DecodePredictions(probabilities));
    }

    [TestCase(new long[] { 2, 10 })]
    [TestCase(new long[] { 1000 })]
    [TestCase(new long[] { 1, 1, 1000 })]
    public void Other_classes_are_refused(long[] shape)
    {
        using var scope = torch.NewDisposeScope();
        var decode = () => Zoo.DecodePredictions(torch.zeros(shape));
        decode.Should().Throw<KerasException>().WithMessage("DecodePredictions expects the class probabilities of a batch, (N, 1000), but received *. Give it what Predict returned*");
    }

    [TestCase(0)]
    [TestCase(1001)]
    public void An_impossible_number_of_classes_is_refused(int top)
    {
        using var scope = torch.NewDisposeScope();
        var decode = () => Zoo.DecodePredictions(torch.zeros(1, 1000), top);
        decode.Should().Throw<KerasException>().WithMessage($"DecodePredictions expects top to be between 1 and 1000 but received {top}. *");
    }
}
