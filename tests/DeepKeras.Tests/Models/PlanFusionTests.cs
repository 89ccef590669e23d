using static DeepKeras.Keras;

namespace DeepKeras.Tests.Models;

/// <summary>A prediction with fused steps gives what the same layers give one by one: gradients being recorded, nothing is folded.</summary>
public sealed class PlanFusionTests
{
    private static readonly Shape s_images = new(12, 12, 3);

    [TestCase("same")]
    [TestCase("valid")]
    public void A_normalization_is_folded_into_the_convolution_before_it(string padding)
    {
        var x = Input(s_images);
        var model = Shaken(new Model([x], [BatchNormalization()(Conv2D(5, 3, padding: padding, strides: 2)(x))]));
        model.InferencePlan.StepCount.Should().Be(1);
        model.TrainingPlan.StepCount.Should().Be(2);
        Predicted(model).Should().BeLessThan(1e-5);
    }

    [Test]
    public void Depthwise_grouped_and_channels_first_convolutions_fold_too()
    {
        var x = Input(s_images);
        var y = BatchNormalization(scale: false)(DepthwiseConv2D(3, depthMultiplier: 2, useBias: false)(x));
        y = BatchNormalization(center: false)(Conv2D(4, 3, groups: 2)(y));
        y = BatchNormalization(axis: 1)(Conv2D(4, 1, dataFormat: "channels_first")(y));
        var model = Shaken(new Model([x], [y]));
        model.InferencePlan.StepCount.Should().Be(3);
        Predicted(model).Should().BeLessThan(1e-5);
    }

    [Test]
    public void Convolutions_of_sequences_and_volumes_and_dense_layers_fold_too()
    {
        var sequence = Input((9, 4));
        var y = BatchNormalization()(Conv1D(6, 3, padding: "causal", groups: 2)(sequence));
        y = Activation("relu")(BatchNormalization(axis: 1)(Conv1D(6, 3, padding: "same", dataFormat: "channels_first", useBias: false)(y)));
        y = BatchNormalization()(Dense(5)(y));
        var first = Shaken(new Model([sequence], [BatchNormalization()(Dense(3, useBias: false)(Flatten()(y)))]));
        first.InferencePlan.StepCount.Should().Be(5);
        Predicted(first).Should().BeLessThan(1e-5);
        var volume = Input((4, 5, 6, 2));
        var second = Shaken(new Model([volume], [BatchNormalization()(Conv3D(3, (2, 3, 2), strides: 2)(volume))]));
        second.InferencePlan.StepCount.Should().Be(1);
        Predicted(second).Should().BeLessThan(1e-5);
    }

    [Test]
    public void What_is_read_elsewhere_is_left_alone()
    {
        var x = Input(s_images);
        var convolved = Conv2D(4, 3, padding: "same")(x);
        var normalized = BatchNormalization()(convolved);
        var model = Shaken(new Model([x], [normalized + convolved, normalized, Activation("relu")(normalized)]));
        model.InferencePlan.StepCount.Should().Be(4);
        Predicted(model).Should().BeLessThan(1e-5);
    }

    [Test]
    public void Other_axes_and_activations_between_do_not_fold()
    {
        var x = Input(s_images);
        var y = BatchNormalization(axis: 1)(Conv2D(4, 3, padding: "same")(x));
        y = BatchNormalization()(Conv2D(4, 3, padding: "same", activation: "tanh")(y));
        var model = Shaken(new Model([x], [y]));
        model.InferencePlan.StepCount.Should().Be(4);
        Predicted(model).Should().BeLessThan(1e-5);
    }

    [Test]
    public void A_residual_network_gives_the_same_numbers()
    {
        var model = Shaken(Residual());
        model.InferencePlan.StepCount.Should().BeLessThan(model.TrainingPlan.StepCount);
        Predicted(model).Should().BeLessThan(1e-5);
    }

    // The sum of a residual block takes the memory of the other branch only where nobody sees that: the convolutions here are wide enough for our own kernels, 3 · 15 · 15
    // pixels are no multiple of a block, and each case adds something of which a view or a reader is left.
    [TestCase("nothing")]
    [TestCase("the branch is an output")]
    [TestCase("it is read later")]
    [TestCase("a view of it is read later")]
    [TestCase("it is the convolution's input")]
    [TestCase("it is the model's input")]
    public void Sums_overwrite_only_what_nobody_needs(string besides)
    {
        var x = Input((15, 15, 32));
        var normal = (KerasTensor t, int filters, int size) => BatchNormalization()(Conv2D(filters, size, padding: "same", useBias: false)(t));
        var branch = besides == "it is the model's input" ? x : Activation("relu")(normal(x, 32, 1));
        var view = Reshape((225, 32))(branch);
        var inside = besides == "it is the convolution's input" ? branch : Activation("relu")(normal(branch, 48, 3));
        var pointwise = Activation("relu")(normal(inside, 32, 1) + branch);
        var wide = Activation("relu")(normal(normal(pointwise, 64, 1), 32, 3) + pointwise);
        List<KerasTensor> outputs = [normal(wide, 32, 1) + wide];
        if (besides == "the branch is an output") outputs.Add(branch);
        if (besides == "it is read later") outputs.Add(Multiply()(wide, branch));
        if (besides == "a view of it is read later") outputs.Add(view);
        var model = Shaken(new Model([x], outputs));
        Predicted(model).Should().BeLessThan(1e-4);
    }

    [Test]
    public void A_prediction_follows_every_change_of_the_weights()
    {
        var model = Shaken(Residual());
        model.Compile(optimizer: new SGD(0.05, useEma: true), loss: "mse");
        using var images = torch.randn(8, 12, 12, 3);
        using var targets = torch.randn(8, 2);
        var last = First(model);

        void Changed(string how)
        {
            var now = First(model);
            now.Should().NotBe(last, how);
            Predicted(model).Should().BeLessThan(1e-5, how);
            last = now;
        }

        _ = model.Fit(images, targets, epochs: 2, verbose: 0);
        Changed("training");
        _ = model.TrainOnBatch(images, targets);
        Changed("one step of training");
        _ = Shaken(model);
        Changed("SetWeights");
        using (torch.no_grad()) model.Layers[1].Weights[0].View().mul_(1.5);
        Changed("a view of a kernel");
        using (torch.no_grad()) model.GetLayer("last").Weights[1].Value.add_(1);
        Changed("a live tensor");
        using var module = model.AsTorchModule();
        using (torch.no_grad()) foreach (var parameter in module.parameters()) parameter.mul_(0.9);
        Changed("the module's parameters");
    }

    [Test]
    public void A_new_moving_mean_is_seen()
    {
        var x = Input(s_images);
        var model = new Model([x], [BatchNormalization(momentum: 0.5, center: false, scale: false)(Conv2D(2, 3, name: "kernel")(x))]);
        model.GetLayer("kernel").Trainable = false;
        var before = First(model);
        using var scope = torch.NewDisposeScope();
        using (torch.no_grad()) _ = model.Forward(torch.randn(8, 12, 12, 3).add(3), training: true);
        First(model).Should().NotBe(before);
        Predicted(model).Should().BeLessThan(1e-5);
    }

    [Test]
    public void Gradients_reach_the_weights_through_inference()
    {
        var model = Shaken(Residual());
        using var scope = torch.NewDisposeScope();
        model.Forward(torch.randn(2, 12, 12, 3), training: false).sum().backward();
        model.TrainableWeights.Should().OnlyContain(w => !ReferenceEquals(w.Value.grad, null));
    }

    [Test]
    public void A_tensor_that_a_layer_only_hands_out_lives_on()
    {
        using var held = torch.ones(2, 3);
        var x = Input(3);
        var y = Dense(3)(x) + Lambda((Tensor _) => held, outputShape: 3)(x);
        var model = new Model([x], [Dense(1)(y)]);
        model.Compile("sgd", "mse");
        using var images = torch.randn(2, 3);
        using var targets = torch.randn(2, 1);
        for (var i = 0; i < 2; i++)
        {
            _ = model.TrainOnBatch(images, targets);
            using var scope = torch.NewDisposeScope();
            _ = model.PredictOnBatch(images);
        }
        held.IsInvalid.Should().BeFalse();
    }

    [Test]
    public void Predictions_of_one_model_in_several_threads_agree()
    {
        var model = Shaken(Residual());
        using var images = torch.randn(4, 12, 12, 3);
        var sums = new double[8];
        _ = Parallel.For(0, sums.Length, i =>
        {
            using var scope = torch.NewDisposeScope();
            sums[i] = model.PredictOnBatch(images)[0].sum().ToDouble();
        });
        sums.Should().OnlyContain(s => Math.Abs(s - sums[0]) < 1e-4);
    }

    private static Model Residual()
    {
        var x = Input(s_images);
        var y = Activation("relu")(BatchNormalization()(Conv2D(6, 3, padding: "same", useBias: false)(x)));
        var shortcut = BatchNormalization()(Conv2D(8, 1, strides: 2)(y));
        var branch = ReLU()(BatchNormalization()(Conv2D(8, 3, strides: 2, padding: 1)(y)));
        branch = BatchNormalization()(Conv2D(8, 3, padding: 1)(branch));
        y = Activation("relu")(Add()(shortcut, branch));
        y = Activation("relu")(Add()(y, Conv2D(8, 1)(y), Conv2D(1, 1)(y)));
        y = Activation("relu")(Concatenate()(y, BatchNormalization(name: "last")(Conv2D(4, 1)(y))));
        return new Model([x], [Dense(2)(GlobalAveragePooling2D()(y))]);
    }

    /// <summary>All weights at random, variances positive.</summary>
    private static Model Shaken(Model model)
    {
        using var scope = torch.NewDisposeScope();
        model.SetWeights([.. model.Weights.Select(w => w.Name == "moving_variance" ? torch.rand(w.Shape.ToArray()).add(0.5) : torch.randn(w.Shape.ToArray()).mul(0.4))]);
        return model;
    }

    private static double First(Model model)
    {
        using var scope = torch.NewDisposeScope();
        return model.PredictOnBatch(torch.linspace(-1, 1, 432, ScalarType.Float32).view(1, 12, 12, 3))[0].flatten()[0].ToDouble();
    }

    /// <summary>The largest difference between what Predict gives and what the layers give one by one, in relation to the largest value.</summary>
    private static double Predicted(Model model)
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.randn([3, .. model.Inputs[0].Shape[1..].ToArray()]);
        var predicted = model.PredictOnBatch(images);
        var expected = model.InferencePlan.Run([images]);
        return expected.Select((e, i) => predicted[i].sub(e).abs().max().ToDouble() / e.abs().max().ToDouble()).Max();
    }
}
