using DeepKeras.Layers;

namespace DeepKeras.Tests.Layers;

[TestFixture]
public sealed class DropoutTests
{
    [Test]
    public void Training_zeroes_the_rate_and_keeps_the_mean()
    {
        using var scope = torch.NewDisposeScope();
        var output = Numbers(new Dropout(0.3).Call(torch.ones([400, 500]), training: true));
        output.Count(v => v == 0).Should().BeInRange(59_000, 61_000);
        output.Where(v => v != 0).Should().OnlyContain(v => Math.Abs(v - (1 / 0.7)) < 1e-6);
        output.Average().Should().BeApproximately(1, 0.01);
    }

    [Test]
    public void Inference_and_rate_zero_hand_the_input_through()
    {
        using var scope = torch.NewDisposeScope();
        var input = Sample(ScalarType.Float32, 3, 4);
        new Dropout(0.5).Call(input).Should().BeSameAs(input);
        new Dropout(0).Call(input, training: true).Should().BeSameAs(input);
        new Dropout(0.5).IsIdentityAtInference.Should().BeTrue();
    }

    [Test]
    public void Rate_one_gives_zeros_and_zero_gradients()
    {
        using var scope = torch.NewDisposeScope();
        var input = Sample(ScalarType.Float32, 3, 4).requires_grad_();
        var output = new Dropout(1).Call(input, training: true);
        output.sum().backward();
        Numbers(output).Should().OnlyContain(v => v == 0);
        Numbers(input.grad!).Should().OnlyContain(v => v == 0);
    }

    [Test]
    public void The_gradient_is_the_mask()
    {
        using var scope = torch.NewDisposeScope();
        var input = torch.ones([50, 60]).requires_grad_();
        var output = new Dropout(0.4).Call(input, training: true);
        output.sum().backward();
        Numbers(input.grad!).Should().Equal(Numbers(output));
    }

    [Test]
    public void A_noise_shape_shares_draws_along_its_ones()
    {
        using var scope = torch.NewDisposeScope();
        var output = new Dropout(0.5, noiseShape: (null, 1, 5)).Call(torch.ones([40, 7, 5]), training: true);
        output.shape.Should().Equal(40, 7, 5);
        Close(output, output.narrow(1, 0, 1).expand([40, 7, 5]), 0, 0);
        Numbers(output.select(1, 0)).Distinct().Should().BeEquivalentTo([0.0, 2.0]);
    }

    [Test]
    public void Every_call_draws_anew_and_a_session_seed_repeats_the_sequence()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new Dropout(0.5);
        var ones = torch.ones([10, 100]);
        var (source, generator) = (RandomSource.State, torch.get_rng_state());
        try
        {
            Keras.SetRandomSeed(5);
            var (first, second) = (Numbers(layer.Call(ones, training: true)), Numbers(layer.Call(ones, training: true)));
            Keras.SetRandomSeed(5);
            var (again, next) = (Numbers(layer.Call(ones, training: true)), Numbers(layer.Call(ones, training: true)));

            second.Should().NotEqual(first);
            again.Should().Equal(first);
            next.Should().Equal(second);
        }
        finally
        {
            RandomSource.State = source;
            torch.set_rng_state(generator);
        }
    }

    [Test]
    public void A_seed_of_the_layer_repeats_whatever_the_session_does()
    {
        using var scope = torch.NewDisposeScope();
        var ones = torch.ones([10, 100]);
        var (a, b, other) = (new Dropout(0.5, seed: 3), new Dropout(0.5, seed: 3), new Dropout(0.5, seed: 4));
        var first = Numbers(a.Call(ones, training: true));
        _ = RandomSource.Next();
        Numbers(b.Call(ones, training: true)).Should().Equal(first);
        Numbers(a.Call(ones, training: true)).Should().NotEqual(first).And.Equal(Numbers(b.Call(ones, training: true)));
        Numbers(other.Call(ones, training: true)).Should().NotEqual(first);
        ((IRandomLayer)a).Random.Draws.Should().Be(2);
    }

    [Test]
    public void Other_element_types_are_kept()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var type in new[] { ScalarType.Float64, ScalarType.BFloat16 })
        {
            var output = new Dropout(0.75, seed: 1).Call(torch.ones([1000], type), training: true);
            output.dtype.Should().Be(type);
            Numbers(output).Distinct().Should().BeEquivalentTo([0.0, 4.0]);
        }
    }

    [Test]
    public void Steps_leave_no_tensor_behind()
    {
        using var input = torch.ones([20, 30]);
        var layers = new Layer[] { new Dropout(0.5), new SpatialDropout2D(0.5), new GaussianNoise(0.1), new GaussianDropout(0.5, seed: 2) };
        Leaks.None(() =>
        {
            using var scope = torch.NewDisposeScope();
            foreach (var layer in layers) layer.Call(layer is SpatialDropout2D ? input.reshape(2, 5, 6, 10) : input, training: true);
        });
    }

    [TestCase(-0.1)]
    [TestCase(1.5)]
    [TestCase(double.NaN)]
    public void A_rate_out_of_range_is_refused(double rate)
    {
        var text = System.FormattableString.Invariant($"rate must be between 0 and 1 but was {rate}. Give the share to drop");
        FluentActions.Invoking(() => new Dropout(rate, name: "d")).Should().Throw<KerasException>().WithMessage($"Dropout 'd': {text}*");
        FluentActions.Invoking(() => new SpatialDropout2D(rate)).Should().Throw<KerasException>().WithMessage($"SpatialDropout2D*{text}*");
    }

    [Test]
    public void A_noise_shape_that_does_not_fit_is_refused()
    {
        FluentActions.Invoking(() => new Dropout(0.5, noiseShape: (null, 0))).Should().Throw<KerasException>()
            .WithMessage("*noiseShape must be made of positive or unknown extents but was (None, 0). Write null*");
        foreach (var noise in new Shape[] { (null, 1), (null, 3, 4) })
        {
            FluentActions.Invoking(() => new Dropout(0.5, noise).ComputeOutputShape((null, 7, 4))).Should().Throw<KerasException>()
                .WithMessage($"Dropout*an input that the noiseShape {noise} can be stretched to but received (None, 7, 4). Give noiseShape*");
        }
    }
}
