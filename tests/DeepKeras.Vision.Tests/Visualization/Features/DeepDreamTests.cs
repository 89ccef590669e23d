using DeepKeras.Vision.Visualization;
using static DeepKeras.Keras;

namespace DeepKeras.Vision.Tests.Visualization.Features;

[TestFixture]
public sealed class DeepDreamTests
{
    [Test]
    public void Octaves_grow_to_the_size_of_the_photo_and_the_objective_rises_in_each([Values(512, 32)] int tile)
    {
        var steps = new List<AscentStep>();
        using var photo = Photo(48, 70);
        using var dream = DeepDream.Of(Network(), photo, "second", octaves: 3, octaveScale: 1.5, steps: 6, tile: tile, progress: steps.Add);
        dream.dtype.Should().Be(ScalarType.Byte);
        dream.shape.Should().Equal(48, 70, 3);
        steps.Should().HaveCount(18);
        steps.Select(s => (s.Octave, s.Size)).Distinct().Should().Equal((1, (21, 31)), (2, (32, 47)), (3, (48, 70)));
        foreach (var octave in steps.GroupBy(s => s.Octave)) octave.Last().Objectives[0].Should().BeGreaterThan(1.2 * octave.First().Objectives[0]);
        Numbers(dream).Should().NotEqual(Numbers(photo));
    }

    [Test]
    public void What_is_not_dreamt_on_keeps_every_detail()
    {
        using var photo = Photo(50, 33);
        using var dream = DeepDream.Of(Network(), photo, "first", octaves: 3, octaveScale: 1.2, steps: 1, stepSize: 1e-6);
        Numbers(dream).Should().Equal(Numbers(photo));
    }

    [Test]
    public void A_seed_repeats_bit_for_bit_and_the_model_stays_as_it_is()
    {
        using var photo = Photo(40, 40);
        var model = Network();
        var before = model.GetWeights().Select(Tensors.Numbers).ToArray();
        var objective = Objective.Channel("second", 1) - (0.5 * Objective.Layer("first"));
        using var first = DeepDream.Of(model, photo, objective, octaves: 2, steps: 3, seed: 4);
        using var again = DeepDream.Of(model, photo, objective, octaves: 2, steps: 3, seed: 4);
        using var other = DeepDream.Of(model, photo, objective, octaves: 2, steps: 3, seed: 5);
        Numbers(again).Should().Equal(Numbers(first));
        Numbers(other).Should().NotEqual(Numbers(first));
        model.GetWeights().Select(Tensors.Numbers).Should().BeEquivalentTo(before, o => o.WithStrictOrdering());
        model.Weights.All(w => w.Value.grad is null).Should().BeTrue("only the image gets a gradient");
    }

    [Test]
    public void Pieces_have_the_gradient_of_the_whole()
    {
        // A 1 × 1 convolution sees no neighbours, so a seam cannot be told; the mean over a quarter of the places weighs each four times.
        var model = new Sequential([Conv2D(3, 1, activation: "tanh", inputShape: (8, 8, 3), name: "conv")]);
        var reader = new ObjectiveReader(model, ["conv"]);
        using var scope = torch.NewDisposeScope();
        var image = new SeededNoise(2).Normal(1, 40, 32, 3);
        var (whole, _) = TiledSlope.Of(reader, image, 3, 64, new SeededNoise(1));
        var (pieces, values) = TiledSlope.Of(reader, image, 3, 20, new SeededNoise(1));
        values.shape.Should().Equal(4);
        Number(pieces.sub(whole.mul(4)).abs().max()).Should().BeLessThan(1e-6);
        Number(whole.abs().max()).Should().BeGreaterThan(1e-5);
    }

    [Test]
    public void Memory_is_flat_over_the_steps()
    {
        var live = new List<long>();
        using var photo = Photo(40, 40);
        using var dream = DeepDream.Of(Network(), photo, "second", octaves: 1, steps: 20, tile: 24, progress: _ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount));
        live[^1].Should().Be(live[2]);
    }

    [Test]
    public void Bad_input_is_refused()
    {
        var model = Network();
        using var photo = Photo(40, 40);
        Refused(() => DeepDream.Of(model, photo.to_type(ScalarType.Float32), "first"), "DeepDream: the photo must be uint8 (height, width, 3)*Float32 (40, 40, 3)*");
        Refused(() => DeepDream.Of(model, photo.narrow(2, 0, 1), "first"), "DeepDream: the photo must be*(40, 40, 1)*");
        Refused(() => DeepDream.Of(model, photo, "first", octaves: 5), "DeepDream: a photo of 40 × 40 pixels would begin with 10 × 10 at octave 1 of 5*");
        Refused(() => DeepDream.Of(model, photo, "third"), "Model * has no layer 'third'*");
        Refused(() => DeepDream.Of(model, photo, Objective.Class(0), octaves: 1), "*cannot be run up to the output with images of *");
        Refused(() => DeepDream.Of(model, photo, "first", octaves: 0), "DeepDream: octaves must be at least 1 but was 0*");
        Refused(() => DeepDream.Of(model, photo, "first", octaveScale: 1), "DeepDream: octaveScale must be above 1 but was 1*");
        Refused(() => DeepDream.Of(model, photo, "first", steps: 0), "DeepDream: steps must be*");
        Refused(() => DeepDream.Of(model, photo, "first", stepSize: double.NaN), "DeepDream: stepSize must be*");
        Refused(() => DeepDream.Of(model, photo, "first", smoothing: -1), "DeepDream: smoothing must be*");
        Refused(() => DeepDream.Of(model, photo, "first", jitter: -1), "DeepDream: jitter must be*");
        Refused(() => DeepDream.Of(model, photo, "first", octaves: 1, range: (1, 0)), "DeepDream: range must be a lower and a higher number but was (1, 0)*");
        Refused(() => DeepDream.Of(model, photo, "first", tile: 8), "DeepDream: tile must be at least 16 pixels but was 8*");
    }

    private static void Refused(Action action, string message) => action.Should().Throw<KerasException>().WithMessage(message);

    private static Sequential Network()
    {
        SetRandomSeed(4);
        return
        [
            Rescaling(1 / 255.0, inputShape: (16, 16, 3)),
            Conv2D(4, 3, padding: "same", activation: "relu", name: "first"),
            Conv2D(2, 3, padding: "same", activation: "relu", name: "second"),
            Flatten(),
            Dense(3, activation: "softmax"),
        ];
    }

    /// <summary>Waves and noise.</summary>
    private static Tensor Photo(int height, int width)
    {
        using var scope = torch.NewDisposeScope();
        var rows = torch.arange(height).unsqueeze(1).unsqueeze(2);
        var columns = torch.arange(width).unsqueeze(1);
        return rows.mul(0.3).sin().add(columns.mul(0.2).cos()).mul(40).add(128).add(new SeededNoise(1).Normal(height, width, 3).mul(10)).clamp(0, 255).to_type(ScalarType.Byte).MoveToOuterDisposeScope();
    }
}
