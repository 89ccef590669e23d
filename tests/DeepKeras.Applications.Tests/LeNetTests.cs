namespace DeepKeras.Applications.Tests;

/// <summary>Both LeNet-5s.</summary>
public sealed class LeNetTests
{
    [Test]
    public void The_taught_one_has_61706_parameters()
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.LeNet5();
        // 6 · 26 + 16 · 151 + 401 · 120 + 121 · 84 + 85 · 10, on maps of 28, 14, 10 and 5.
        net.CountParams().Should().Be(61_706);
        net.GetLayer("c1").Output.Shape.Should().Equal(null, 28, 28, 6);
        net.GetLayer("s4").Output.Shape.Should().Equal(null, 5, 5, 16);
        net.Output.Shape.Should().Equal(null, 10);
        Zoo.LeNet5(includeTop: false, inputShape: (28, 28, 1)).Output.Shape.Should().Equal(null, 4, 4, 16);
    }

    // LeCun et al. 1998, section II.B: C1 156, S2 12, C3 1,516, S4 32, C5 48,120, F6 10,164; "60,000 trainable free parameters".
    [Test]
    public void The_papers_one_has_60000_trained_parameters()
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.LeNet5Of1998();
        net.TrainableWeights.Sum(w => w.ElementCount).Should().Be(60_000);
        Count("c1").Should().Be(156);
        Count("s2_scale").Should().Be(12);
        Enumerable.Range(0, 16).Sum(m => Count($"c3_map{m}")).Should().Be(1_516);
        Count("s4_scale").Should().Be(32);
        Count("c5").Should().Be(48_120);
        Count("f6").Should().Be(10_164);
        net.GetLayer("c3").Output.Shape.Should().Equal(null, 10, 10, 16);

        long Count(string layer) => net.GetLayer(layer).CountParams();
    }

    // Table I by what changes: a map of C3 depends on exactly the maps of S2 that its column names. Columns 0, 9 and 14 as samples.
    [TestCase(0, "0 1 2")]
    [TestCase(9, "0 3 4 5")]
    [TestCase(14, "0 2 3 5")]
    [TestCase(15, "0 1 2 3 4 5")]
    public void Maps_of_c3_see_what_table_I_says(int map, string expected)
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.LeNet5Of1998();
        var part = new Model([net.GetLayer("s2_amplitude").Output], [net.GetLayer("c3").Output]);
        var s2 = Sample(ScalarType.Float32, 1, 14, 14, 6).requires_grad_();
        part.Run(s2, training: false).select(3, map).sum().backward();
        var seen = Enumerable.Range(0, 6).Where(m => s2.grad!.select(3, m).abs().sum().ToDouble() > 0);
        string.Join(" ", seen).Should().Be(expected);
    }

    [Test]
    public void Its_codes_are_far_apart_and_stay()
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.LeNet5Of1998();
        var codes = net.GetLayer("predictions").Weights[0].ToTensor();
        Numbers(codes).Distinct().Should().BeEquivalentTo([2.0, -2.0]);
        for (var a = 0; a < 10; a++)
        {
            for (var b = 0; b < a; b++) codes.select(1, a).sub(codes.select(1, b)).ne(0).sum().ToInt64().Should().BeGreaterThan(30);
        }
        net.Compile("sgd", "sparse_categorical_crossentropy");
        net.TrainOnBatch(Sample(ScalarType.Float32, 4, 32, 32, 1), Integers([0, 3, 9, 2], 4));
        Same(net.GetLayer("predictions").Weights[0].ToTensor(), codes).Should().BeTrue();
    }

    // The paper's own rule, computed here: softmax of the negated squared distances to the codes.
    [Test]
    public void Its_answer_is_the_nearest_code()
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.LeNet5Of1998();
        var images = Sample(ScalarType.Float32, 3, 32, 32, 1);
        var f6 = new Model([net.Input], [net.GetLayer("f6_amplitude").Output]).Predict(images).Single;
        var codes = net.GetLayer("predictions").Weights[0].ToTensor().div(2);
        var distances = f6.unsqueeze(2).sub(codes.unsqueeze(0)).square().sum([1L]);
        Close(net.Predict(images).Single, distances.neg().softmax(1), 1e-5, 1e-3);
    }

    [Test]
    public void Too_many_classes_are_refused() =>
        FluentActions.Invoking(() => Zoo.LeNet5Of1998(classes: 128)).Should().Throw<KerasException>().WithMessage("lenet5_1998*at most 127*128*LeNet5*");
}
