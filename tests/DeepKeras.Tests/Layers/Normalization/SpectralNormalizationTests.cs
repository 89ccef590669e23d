using DeepKeras.Layers;
using static DeepKeras.Keras;

namespace DeepKeras.Tests.Layers;

public sealed class SpectralNormalizationTests
{
    [SetUp]
    public void Start()
    {
        ClearSession();
        SetRandomSeed(5);
    }

    [Test]
    public void The_largest_singular_value_becomes_1()
    {
        using var scope = torch.NewDisposeScope();
        foreach (var inside in new Layer[] { new Dense(5), new Conv2D(3, 2), new Embedding(6, 4) })
        {
            var layer = new SpectralNormalization(inside, powerIterations: 60);
            var x = inside is Conv2D ? Sample(ScalarType.Float32, 2, 4, 4, 2) : inside is Dense ? Sample(ScalarType.Float32, 2, 4) : Integers([1, 2], 1, 2);
            _ = layer.Call(x, training: true);
            var kernel = layer.Weights[0].ToTensor();
            Numbers(torch.linalg.svdvals(kernel.reshape(-1, kernel.size(-1))))[0].Should().BeApproximately(1, 1e-4);
        }
    }

    [Test]
    public void Inference_and_frozen_training_leave_the_kernel_alone()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new SpectralNormalization(new Dense(5));
        var x = Sample(ScalarType.Float32, 2, 4);
        _ = layer.Call(x);
        var before = layer.Weights[0].ToTensor();
        _ = layer.Call(x);
        layer.Trainable = false;
        _ = layer.Call(x, training: true);
        Same(layer.Weights[0].ToTensor(), before).Should().BeTrue();
        layer.Weights.Select(w => w.Path).Should().Equal("dense/kernel", "spectral_normalization/vector_u", "dense/bias");
    }

    [Test]
    public void A_kernel_of_zeros_stays()
    {
        using var scope = torch.NewDisposeScope();
        var layer = new SpectralNormalization(new Dense(2, kernelInitializer: "zeros"));
        Close(layer.Call(Sample(ScalarType.Float32, 2, 4), training: true), torch.zeros(2, 2));
        Numbers(layer.Weights[1].ToTensor()).Should().NotContain(double.NaN);
    }

    [Test]
    public void A_layer_without_kernel_and_no_iteration_are_refused()
    {
        FluentActions.Invoking(() => SpectralNormalization(new Flatten())(Input((2, 3)))).Should().Throw<KerasException>()
            .WithMessage("SpectralNormalization 'spectral_normalization' expects a layer with a kernel or with embeddings but received Flatten 'flatten'*");
        FluentActions.Invoking(() => new SpectralNormalization(new Dense(2), 0)).Should().Throw<KerasException>().WithMessage("*powerIterations must be a positive number but was 0*");
    }
}
