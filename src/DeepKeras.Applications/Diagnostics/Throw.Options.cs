using System.Globalization;

namespace DeepKeras.Applications;

internal static partial class Throw
{
    public static KerasException DepthOfResNet(string model, int depth, string known) =>
        new($"{model} expects depth to be {known} but received {depth}. Give one of these, for example depth: {(model.EndsWith("cifar", StringComparison.Ordinal) ? 20 : 50)}.");

    public static KerasException Survival(string model, double received) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{model} expects finalSurvival to be above 0 and at most 1 but received {received}. The paper's is 0.5; 1 drops nothing."));

    public static KerasException CodesOfLeNet(int classes) =>
        new($"lenet5_1998 has codes for at most 127 classes but received classes: {classes}. Use LeNet5, which learns them.");

    public static KerasException UNetOption(string option, string expected, object received) =>
        new(string.Create(CultureInfo.InvariantCulture, $"unet expects {option} to be {expected} but received {received}. The paper's network is UNet(padding: \"valid\"), with depth 4, 64 filters and transposed convolutions."));

    public static KerasException UNetSize(Shape received, int factor) =>
        new($"unet with padding: \"same\" expects images whose height and width are divisible by {factor}, 2 to the power of depth, but received {received}. Pad or resize them, take a smaller depth, or padding: \"valid\".");

    public static KerasException AutoencoderLayers(string model, string option) =>
        new($"{model} expects {option} to name at least one layer, each of at least 1 unit. Write for example {option}: [128, 64, 32].");

    public static KerasException AutoencoderShape(string model, Shape received, string expected) =>
        new($"{model} expects {expected} but inputShape is {received}. Give the shape of one sample, without the batch axis.");

    public static KerasException NotPretrained() =>
        new("StackedAutoencoder has not seen data yet, so its layers are random. Call Pretrain(x) first; to train without pretraining, build an ordinary model.");

    public static KerasException Corruption(double received) =>
        new(string.Create(CultureInfo.InvariantCulture, $"StackedAutoencoder expects corruption to be at least 0 and below 1 but received {received}. 0 corrupts nothing; Vincent et al. used 0.1 to 0.5."));
}
