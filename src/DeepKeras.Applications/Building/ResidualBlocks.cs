using DeepKeras.Initializers;

namespace DeepKeras.Applications.Building;

/// <summary>The blocks of a residual network, torchvision's: relu(branch(x) + shortcut(x)), all convolutions without bias.</summary>
/// <param name="bottleneck">1 × 1, 3 × 3 and 1 × 1 convolutions (He et al. 2016, figure 5, right) instead of two 3 × 3.</param>
/// <param name="groups">Groups of the 3 × 3 convolution of a bottleneck.</param>
/// <param name="width">Channels of each group in the first stage, of 64 planes.</param>
/// <param name="survival">Stochastic depth, where wanted.</param>
/// <param name="padded">Whether a shortcut that changes shape leaves cells out and adds channels of zeros (He et al.'s option A) instead of a 1 × 1 convolution (option B).</param>
internal sealed class ResidualBlocks(bool bottleneck, int groups, int width, SurvivalDecay? survival, bool padded = false)
{
    private int _count;

    /// <summary>Adds one block.</summary>
    /// <param name="x">Where it begins.</param>
    /// <param name="name">What the names of its layers begin with.</param>
    /// <param name="planes">The paper's number of filters of the stage; a bottleneck gives four times as many channels.</param>
    /// <param name="stride">2 where the block halves the maps.</param>
    public KerasTensor Append(KerasTensor x, string name, long planes, int stride)
    {
        var channels = bottleneck ? 4 * planes : planes;
        var shortcut = stride == 1 && x.Shape[^1] == channels ? x : padded ? Pad(x, $"{name}_0", channels, stride) : Convolve(x, $"{name}_0", channels, kernel: 1, stride);
        KerasTensor branch;
        if (bottleneck)
        {
            var inner = planes * width / 64 * groups;
            branch = Rectify(Convolve(x, $"{name}_1", inner, kernel: 1, stride: 1), $"{name}_1");
            branch = Rectify(Convolve(branch, $"{name}_2", inner, kernel: 3, stride, groups), $"{name}_2");
            branch = Convolve(branch, $"{name}_3", channels, kernel: 1, stride: 1);
        }
        else
        {
            branch = Rectify(Convolve(x, $"{name}_1", planes, kernel: 3, stride), $"{name}_1");
            branch = Convolve(branch, $"{name}_2", planes, kernel: 3, stride: 1);
        }
        _count++;
        if (survival is not null) branch = StochasticDepth(survival.Rate(_count), survival.Mode, survival.ScaleAtInference, name: $"{name}_drop")(branch);
        return Activation("relu", name: $"{name}_out")(Add(name: $"{name}_add")(shortcut, branch));
    }

    private static KerasTensor Pad(KerasTensor x, string name, long channels, int stride)
    {
        x = AveragePooling2D(1, strides: stride, name: $"{name}_pool")(x);
        var missing = channels - x.Shape[^1]!.Value;
        // To a layer that takes its images as (N, C, H, W), the channels are the columns.
        return ZeroPadding2D(new Padding2D(0, 0, missing / 2, missing - (missing / 2)), dataFormat: "channels_first", name: $"{name}_pad")(x);
    }

    private static KerasTensor Rectify(KerasTensor x, string name) => Activation("relu", name: $"{name}_relu")(x);

    private static KerasTensor Convolve(KerasTensor x, string name, long filters, int kernel, int stride, int groups = 1)
    {
        x = Conv2D(filters, kernel, strides: stride, padding: kernel / 2, groups: groups, useBias: false, kernelInitializer: new VarianceScaling(2.0, "fan_out", "untruncated_normal"), name: $"{name}_conv")(x);
        return BatchNormalization(momentum: 0.9, epsilon: 1e-5, name: $"{name}_bn")(x);
    }
}
