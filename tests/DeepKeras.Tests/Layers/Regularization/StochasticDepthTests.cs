using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

[TestFixture]
public sealed class StochasticDepthTests
{
    [Test]
    public void A_row_is_dropped_as_a_whole_or_divided_by_its_survival()
    {
        using var scope = torch.NewDisposeScope();
        var output = new StochasticDepth(0.25, seed: 1).Call(torch.ones([4000, 3, 2]), training: true);
        Close(output, output.narrow(1, 0, 1).narrow(2, 0, 1).expand([4000, 3, 2]), 0, 0);
        var rows = Numbers(output.select(2, 0).select(1, 0));
        rows.Distinct().Should().BeEquivalentTo([0.0, (float)(1 / 0.75)]);
        // Five standard deviations of a binomial share.
        rows.Count(r => r == 0).Should().BeInRange(1000 - 137, 1000 + 137);
    }

    [Test]
    public void A_batch_has_one_draw()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new StochasticDepth(0.5, mode: "batch", seed: 2);
        var draws = Enumerable.Range(0, 400).Select(_ => Numbers(layer.Call(torch.ones([5, 2]), training: true)).Distinct().Single()).ToList();
        draws.Distinct().Should().BeEquivalentTo([0.0, 2.0]);
        draws.Count(d => d == 0).Should().BeInRange(150, 250);
    }

    // Huang et al. 2016: equation 2 in training, equation 5 at test time.
    [Test]
    public void The_papers_scaling_leaves_training_alone_and_weighs_inference()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new StochasticDepth(0.3, scaleAtInference: true, seed: 3);
        Numbers(layer.Call(torch.ones([200, 1]), training: true)).Distinct().Should().BeEquivalentTo([0.0, 1.0]);
        Close(layer.Call(torch.ones([2, 3])), torch.full([2, 3], 0.7), 1e-7, 0);
        layer.IsIdentityAtInference.Should().BeFalse();
    }

    [Test]
    public void Inference_and_rate_zero_hand_the_input_through()
    {
        using var scope = torch.NewDisposeScope();
        var input = Sample(ScalarType.Float32, 3, 4);
        new StochasticDepth(0.5).Call(input).Should().BeSameAs(input);
        new StochasticDepth(0).Call(input, training: true).Should().BeSameAs(input);
        new StochasticDepth(0, scaleAtInference: true).Call(input).Should().BeSameAs(input);
        new StochasticDepth(0.5).IsIdentityAtInference.Should().BeTrue();
    }

    [Test]
    public void Rate_one_drops_all()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var atInference in new[] { false, true })
        {
            var layer = new StochasticDepth(1, scaleAtInference: atInference);
            Numbers(layer.Call(torch.ones([3, 4]), training: true)).Should().OnlyContain(v => v == 0);
        }
        Numbers(new StochasticDepth(1, scaleAtInference: true).Call(torch.ones([3, 4]))).Should().OnlyContain(v => v == 0);
    }

    [Test]
    public void The_gradient_is_the_mask()
    {
        using var scope = torch.NewDisposeScope();
        var input = torch.ones([50, 6]).requires_grad_();
        var output = new StochasticDepth(0.4).Call(input, training: true);
        output.sum().backward();
        Numbers(input.grad!).Should().Equal(Numbers(output));
    }

    [Test]
    public void Other_element_types_are_kept()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var type in new[] { ScalarType.Float64, ScalarType.BFloat16 }) new StochasticDepth(0.5).Call(torch.ones([4, 2], type), training: true).dtype.Should().Be(type);
    }

    [Test]
    public void Arguments_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => new StochasticDepth(1.5, name: "s")).Should().Throw<KerasException>().WithMessage("StochasticDepth 's': rate must be between 0 and 1 but was 1.5. Give the share*");
        FluentActions.Invoking(() => new StochasticDepth(0.5, mode: "rows", name: "s")).Should().Throw<KerasException>()
            .WithMessage("Unknown mode of StochasticDepth 's' \"rows\". It must be one of: \"batch\", \"row\".");
    }
}
