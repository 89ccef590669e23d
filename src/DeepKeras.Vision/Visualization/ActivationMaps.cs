using DeepKeras.Data;
using DeepKeras.Inspection;
using DeepKeras.Layers;

namespace DeepKeras.Vision.Visualization;

/// <summary>What layers of a model answer to images, as tensors and as pictures.</summary>
/// <remarks>
/// <code>
/// var maps = ActivationMaps.Of(model, photo, "conv2d", "conv2d_1");   // one forward pass; the model's own weights
/// Tensor first = maps["conv2d"];                                      // (1, H, W, channels)
/// ImageFile.Save("first.png", maps.Grid("conv2d"));                   // every channel as a picture
/// ImageFile.Save("seen.png", maps.Overlay("conv2d", channel: 3, photo));
/// </code>
/// The tensors belong to the dispose scope around <see cref="Of"/>, or to the garbage collector unless <see cref="Dispose"/> frees them sooner.
/// </remarks>
public sealed class ActivationMaps : IDisposable
{
    private readonly Tensor[] _answers;
    private readonly DataFormat _format;

    private ActivationMaps(LayerReader reader, Tensor[] answers)
    {
        Model = reader.Model;
        Layers = reader.Layers;
        _answers = answers;
        _format = ImageModel.FormatOf(Model);
    }

    /// <summary>The model that answered.</summary>
    public Model Model { get; }

    /// <summary>The layers that were read, in the order they were asked for.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <summary>A layer's answer as the layer gave it, on the CPU: <c>(N, H, W, channels)</c>, or <c>(N, units)</c> of a Dense.</summary>
    /// <param name="layer">One of <see cref="Layers"/>, by name, itself, or by its place in the <i>model</i>.</param>
    /// <exception cref="KerasException">The layer was not read.</exception>
    public Tensor this[LayerSelector layer] => Answer(layer, out _);

    /// <summary>Runs the model once, in inference mode, and keeps what the layers answer.</summary>
    /// <param name="model">A built model of one input.</param>
    /// <param name="images">One image <c>(H, W, C)</c> or a batch <c>(N, H, W, C)</c>, scaled as <c>Predict</c> takes them (bytes become floats of 0 … 255); without the channel axis where there is one channel.</param>
    /// <param name="layers">Any layers, by name, place or themselves, those of nested models included; by default every convolution, or where there is none every layer.</param>
    /// <exception cref="KerasException">The model is not built or has no such layer, or the images have another shape.</exception>
    public static ActivationMaps Of(Model model, Tensor images, params ReadOnlySpan<LayerSelector> layers)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(images);
        var reader = new LayerReader(model, layers.IsEmpty ? Default(model) : layers.ToArray());
        using var gradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var reading = reader.Read(ImageModel.Batch(model, images, out _));
        return new(reader, [.. reading.Select(answer => answer.detach().cpu().contiguous().clone().MoveToOuterDisposeScope())]);
    }

    /// <summary>The images of a data set that excite each channel of a layer most. Memory holds one batch and the images found, however long the data set.</summary>
    /// <param name="model">A built model of one input.</param>
    /// <param name="layer">Any layer with maps or units.</param>
    /// <param name="images">A batch of any length, <c>(N, H, W, C)</c>.</param>
    /// <param name="count">Images per channel, at least 1; 9 by default.</param>
    /// <param name="channels">How many channels, from the first; 64 by default.</param>
    /// <param name="batchSize">Images per pass; 32 by default.</param>
    /// <exception cref="KerasException">The model is not built or has no such layer, there are no images, or they have another shape.</exception>
    public static TopImages TopImages(Model model, LayerSelector layer, Tensor images, int count = 9, int channels = 64, int batchSize = 32)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (batchSize < 1) throw Throw.NotPositive(nameof(batchSize), batchSize);
        return Visualization.TopImages.Find(model, layer, Parts(images, batchSize), count, channels);
    }

    /// <summary>The images of a data set that excite each channel of a layer most. Memory holds one batch and the images found, however long the data set.</summary>
    /// <param name="model">A built model of one input.</param>
    /// <param name="layer">Any layer with maps or units.</param>
    /// <param name="images">Batches; their first input is looked at.</param>
    /// <param name="count">Images per channel, at least 1; 9 by default.</param>
    /// <param name="channels">How many channels, from the first; 64 by default.</param>
    /// <exception cref="KerasException">The model is not built or has no such layer, the data set is empty, or its images have another shape.</exception>
    public static TopImages TopImages(Model model, LayerSelector layer, Dataset<Batch> images, int count = 9, int channels = 64)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Visualization.TopImages.Find(model, layer, images.Elements().Select(b => b.Inputs[0]), count, channels);
    }

    /// <summary>Every channel of a layer's answer as a small picture, side by side; the units of a Dense as bars.</summary>
    /// <param name="layer">One of <see cref="Layers"/>.</param>
    /// <param name="image">Which image of the batch, from 0.</param>
    /// <param name="colorMap">One of <see cref="ColorMap.Names"/>; <c>"viridis"</c> by default.</param>
    /// <param name="common">Whether all channels share one range of values, so that their strengths can be compared; by default each is stretched to its own.</param>
    /// <param name="channels">How many channels at most, from the first; 64 by default. The title says how many there are.</param>
    /// <param name="columns">Pictures per row; by default about a square.</param>
    /// <param name="scale">Every cell becomes a square of so many pixels; by default so many that a map is about 64 pixels wide.</param>
    /// <param name="captions">Whether each picture bears its channel's number and the whole a title.</param>
    /// <returns>uint8, <c>(height, width, 3)</c>.</returns>
    /// <exception cref="KerasException">The layer was not read, cannot be drawn, or a number is out of range.</exception>
    public Tensor Grid(LayerSelector layer, int image = 0, string colorMap = "viridis", bool common = false, int channels = 64, int? columns = null, int? scale = null, bool captions = true)
    {
        if (channels < 1) throw Throw.NotPositive(nameof(channels), channels);
        using var scope = torch.NewDisposeScope();
        var answer = Sample(layer, image, out var source);
        return (answer.ndim switch
        {
            3 => MapSheet.Draw(answer, source, colorMap, common, channels, columns, scale, captions),
            2 => MapSheet.Draw(answer.unsqueeze(-1), source, colorMap, common, channels, columns, scale, captions),
            1 => MapSheet.DrawUnits(answer, source, colorMap, captions),
            _ => throw Throw.NoPictureOf(source, Answer(layer, out _)),
        }).MoveToOuterDisposeScope();
    }

    /// <summary>One channel of a layer's answer over the photo, brought to its size.</summary>
    /// <param name="layer">One of <see cref="Layers"/> that has maps.</param>
    /// <param name="channel">The channel, from 0.</param>
    /// <param name="photo">What <see cref="Visualization.Overlay.Of"/> takes.</param>
    /// <param name="image">Which image of the batch, from 0.</param>
    /// <param name="alpha">How much of the colours is seen, 0 … 1.</param>
    /// <param name="colorMap">One of <see cref="ColorMap.Names"/>; <c>"jet"</c> by default.</param>
    /// <returns>uint8, <c>(H, W, 3)</c>.</returns>
    /// <exception cref="KerasException">The layer was not read or has no maps, or a number is out of range.</exception>
    public Tensor Overlay(LayerSelector layer, int channel, Tensor photo, int image = 0, double alpha = 0.5, string colorMap = "jet")
    {
        using var scope = torch.NewDisposeScope();
        var answer = Sample(layer, image, out var source);
        if (answer.ndim != 3) throw Throw.NotMaps(Model, source);
        if (channel < 0 || channel >= answer.shape[2]) throw Throw.Index("channel", channel, answer.shape[2]);
        return Visualization.Overlay.Of(answer.select(2, channel), photo, alpha, colorMap).MoveToOuterDisposeScope();
    }

    /// <summary>Frees the tensors now instead of with their scope or at a garbage collection.</summary>
    public void Dispose()
    {
        foreach (var answer in _answers) answer.Dispose();
    }

    private static LayerSelector[] Default(Model model)
    {
        List<Layer> layers = [.. LayerReader.LayersOf(model).Where(l => l is not InputLayer)];
        return [.. (layers.Exists(l => l is Conv2DBase) ? layers.Where(l => l is Conv2DBase) : layers).Select(l => (LayerSelector)l)];
    }

    private static IEnumerable<Tensor> Parts(Tensor images, int size)
    {
        for (long first = 0; first < images.shape[0]; first += size) yield return images.narrow(0, first, Math.Min(size, images.shape[0] - first));
    }

    private Tensor Answer(LayerSelector layer, out Layer source)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var wanted = source = layer.In(Model);
        for (var i = 0; i < Layers.Count; i++)
        {
            if (Layers[i] == wanted) return _answers[i];
        }
        throw Throw.LayerNotRead(wanted, Layers);
    }

    /// <summary>One image's answer, channels last.</summary>
    private Tensor Sample(LayerSelector layer, int image, out Layer source)
    {
        var answer = ImageModel.ChannelsLast(Answer(layer, out source), _format);
        return image >= 0 && image < answer.shape[0] ? answer[image] : throw Throw.Index("image", image, answer.shape[0]);
    }
}
