using DeepKeras.Layers;

namespace DeepKeras.Vision.Visualization;

/// <summary>What drawings ask of a model that sees images: how it wants them, where channels are, which layers have maps.</summary>
internal static class ImageModel
{
    /// <summary>The format of the model's first convolution or pooling, nested models included; channels last where there is none.</summary>
    public static DataFormat FormatOf(Model model) => Inspection.LayerReader.LayersOf(model)
        .Select(l => l switch { Conv2DBase convolution => convolution.DataFormat, Pooling2DBase pooling => pooling.DataFormat, _ => (DataFormat?)null })
        .FirstOrDefault(f => f is not null) ?? DataFormat.ChannelsLast;

    /// <summary>One image or a batch as the batch that the model takes, in its element type and on its device.</summary>
    /// <param name="model">A built model of one input.</param>
    /// <param name="images">One sample, a batch, or either without the channel axis where there is one channel.</param>
    /// <param name="isSingle">Whether it was one sample.</param>
    /// <exception cref="KerasException">The model takes several inputs, or the shape does not fit.</exception>
    public static Tensor Batch(Model model, Tensor images, out bool isSingle)
    {
        if (model.Inputs.Count != 1) throw Throw.SeveralInputs(model);
        var wanted = model.Inputs[0];
        var sample = wanted.Shape[1..];
        var isGray = sample.Rank > 0 && sample[^1] == 1;
        var shape = images.shape;
        if (images.ndim == 0 || images.numel() == 0) throw Throw.ImageForModel(model, images);
        isSingle = sample.Accepts(shape) || (isGray && sample.Accepts([.. shape, 1]));
        if (isGray && shape[^1] != 1) images = images.unsqueeze(-1);
        if (isSingle) images = images.unsqueeze(0);
        if (!wanted.Shape.Accepts(images.shape)) throw Throw.ImageForModel(model, images);
        var device = model.Weights is [var weight, ..] ? weight.Value.device : Keras.Device;
        return images.detach().to(device).to_type(wanted.Dtype);
    }

    /// <summary>
    /// The last layer that still sees where things are: of all layers with the shape of the last convolution's output the last one (behind its
    /// normalisation, activation and shortcut, before any pooling); without a convolution the last layer with a 4-D output.
    /// </summary>
    /// <exception cref="KerasException">No layer has a 4-D output.</exception>
    public static Layer LastMaps(Model model)
    {
        List<Layer> maps = [.. Inspection.LayerReader.LayersOf(model).Where(l => l is not InputLayer && HasMaps(l))];
        var convolution = maps.FindLast(l => l is Conv2DBase);
        if (convolution is null) return maps.Count > 0 ? maps[^1] : throw Throw.NoMaps(model);
        var shape = convolution.OutputAt(0).Shape;
        return maps.FindLast(l => l.OutputAt(0).Shape == shape)!;
    }

    /// <summary>Whether a layer answers with maps.</summary>
    public static bool HasMaps(Layer layer) => layer.OutputAt(0).Shape.Rank == 4;

    /// <summary>Images or maps with their channels last.</summary>
    public static Tensor ChannelsLast(Tensor maps, DataFormat format) => format.IsChannelsFirst && maps.ndim == 4 ? maps.permute(0, 2, 3, 1) : maps;
}
