using DeepKeras.Layers;

namespace DeepKeras.Applications.Tests;

/// <summary>Autoencoders, and stacking them layer by layer.</summary>
public sealed class AutoencoderTests
{
    [Test]
    public void The_dense_one_mirrors_its_encoder()
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.DenseAutoencoder(784, [128, 64, 32]);
        // 785 · 128 + 129 · 64 + 65 · 32 + 33 · 64 + 65 · 128 + 129 · 784.
        net.CountParams().Should().Be(222_384);
        net.Layers.OfType<Dense>().Select(d => (d.Name, d.Units)).Should().Equal(("encoder_1", 128), ("encoder_2", 64), ("code", 32), ("decoder_1", 64), ("decoder_2", 128), ("reconstruction", 784));
        Zoo.DenseAutoencoder((4, 3, 2), [5]).Output.Shape.Should().Equal(null, 4, 3, 2);
    }

    [Test]
    public void The_convolutional_one_gives_images_back()
    {
        using var scope = torch.NewDisposeScope();
        var net = Zoo.ConvolutionalAutoencoder((28, 28, 1), [16, 8]);
        net.GetLayer("code").Output.Shape.Should().Equal(null, 7, 7, 8);
        net.Predict(Sample(ScalarType.Float32, 2, 28, 28, 1)).Single.shape.Should().Equal(2, 28, 28, 1);
        // 10 · 16 + 145 · 8 + 73 · 8 + 73 · 16 + 145 · 1.
        net.CountParams().Should().Be(160 + 1160 + 584 + 1168 + 145);
    }

    [Test]
    public void Pretraining_teaches_each_layer_to_give_its_input_back()
    {
        using var scope = torch.NewDisposeScope();
        Keras.SetRandomSeed(6);
        var x = Patterns(128);
        var stack = new StackedAutoencoder(12, [8, 4]);
        var before = stack.Encoder.GetWeights();
        var histories = stack.Pretrain(x, epochs: 60, batchSize: 16, optimizer: () => new Adam(0.02));
        histories.Should().HaveCount(2);
        foreach (var history in histories) history["loss"][^1].Should().BeLessThan(0.6 * history["loss"][0]);
        stack.Encoder.GetWeights().Zip(before).Should().OnlyContain(p => !Same(p.First, p.Second));
        // The whole stack, never trained as one, gives the data back better than its mean does.
        var whole = stack.Autoencoder.Predict(x).Single.sub(x).square().mean().ToDouble();
        whole.Should().BeLessThan(0.8 * x.sub(x.mean([0L], true)).square().mean().ToDouble());
    }

    [Test]
    public void A_classifier_goes_on_from_the_pretrained_layers()
    {
        using var scope = torch.NewDisposeScope();
        Keras.SetRandomSeed(6);
        var stack = new StackedAutoencoder(12, [8, 4], corruption: 0.1);
        stack.Pretrain(Patterns(64), epochs: 2);
        var net = stack.Classifier(3);
        net.GetLayer("encoder_1").Should().BeSameAs(stack.Encoder.GetLayer("encoder_1"));
        net.Output.Shape.Should().Equal(null, 3);
        net.Compile("adam", "sparse_categorical_crossentropy");
        var code = stack.Encoder.Predict(Patterns(4)).Single;
        net.TrainOnBatch(Patterns(4), Integers([0, 1, 2, 0], 4));
        Same(stack.Encoder.Predict(Patterns(4)), code).Should().BeFalse("fine-tuning changes the shared layers");
    }

    [Test]
    public void What_makes_no_autoencoder_is_refused()
    {
        FluentActions.Invoking(() => Zoo.DenseAutoencoder(784, [])).Should().Throw<KerasException>().WithMessage("dense_autoencoder expects units to name at least one layer*units: [128, 64, 32]*");
        FluentActions.Invoking(() => Zoo.DenseAutoencoder((null, 3), [4])).Should().Throw<KerasException>().WithMessage("dense_autoencoder expects a shape whose extents are all known*(None, 3)*");
        FluentActions.Invoking(() => Zoo.ConvolutionalAutoencoder((30, 32, 1), [4, 0])).Should().Throw<KerasException>().WithMessage("*filters to name at least one layer*");
        FluentActions.Invoking(() => Zoo.ConvolutionalAutoencoder((30, 32, 1), [4, 4])).Should().Throw<KerasException>().WithMessage("*divisible by 4 but inputShape is (30, 32, 1)*");
        FluentActions.Invoking(() => new StackedAutoencoder(0, [4])).Should().Throw<KerasException>().WithMessage("StackedAutoencoder expects vectors*");
        FluentActions.Invoking(() => new StackedAutoencoder(4, [4], corruption: 1)).Should().Throw<KerasException>().WithMessage("*corruption to be at least 0 and below 1 but received 1*");
        FluentActions.Invoking(() => new StackedAutoencoder(4, [4]).Classifier(2)).Should().Throw<KerasException>().WithMessage("*Call Pretrain(x) first*");
    }

    // Twelve numbers that follow from four bits.
    private static Tensor Patterns(int count)
    {
        var bits = torch.arange(0, count).unsqueeze(1).div(torch.tensor([1L, 2, 4, 8])).floor().remainder(2);
        return torch.cat([bits, torch.ones_like(bits).sub(bits), bits.roll(1, 1)], 1).to(ScalarType.Float32).mul(0.8).add(0.1);
    }
}
