using System.Globalization;
using DeepKeras.Inspection;
using DeepKeras.Layers;

namespace DeepKeras.Vision.Visualization;

/// <summary>For every channel of a layer the images that excite it most, strongest first.</summary>
/// <remarks>
/// A channel's excitation by an image is the greatest value of its map (Zeiler and Fergus, 2014); of a Dense, the unit's value.
/// <code>
/// var top = ActivationMaps.TopImages(model, "conv2d_1", images, count: 9);
/// ImageFile.Save("top.png", top.Grid());
/// Console.WriteLine($"channel 3 likes image {top.Indices[3, 0].item&lt;long&gt;()} best");
/// </code>
/// </remarks>
public sealed class TopImages : IDisposable
{
    private readonly Dictionary<long, Tensor> _images;
    private readonly DataFormat _format;

    private TopImages(Layer layer, Tensor values, Tensor indices, Dictionary<long, Tensor> images, DataFormat format)
    {
        Layer = layer;
        Values = values;
        Indices = indices;
        _images = images;
        _format = format;
    }

    /// <summary>The layer that was watched.</summary>
    public Layer Layer { get; }

    /// <summary>The excitations, <c>(channels, count)</c>, falling along each row.</summary>
    public Tensor Values { get; }

    /// <summary>The images' numbers in the data set, from 0: int64, <c>(channels, count)</c>.</summary>
    public Tensor Indices { get; }

    /// <summary>An image as the model saw it.</summary>
    /// <param name="channel">The channel, from 0.</param>
    /// <param name="rank">0 for the strongest.</param>
    /// <returns>The kept tensor, not a copy.</returns>
    /// <exception cref="KerasException">There is no such channel or rank.</exception>
    public Tensor Image(int channel, int rank)
    {
        if (channel < 0 || channel >= Indices.shape[0]) throw Throw.Index("channel", channel, Indices.shape[0]);
        if (rank < 0 || rank >= Indices.shape[1]) throw Throw.Index("image of rank", rank, Indices.shape[1]);
        using var index = Indices[channel, rank];
        return _images[index.item<long>()];
    }

    /// <summary>A row of images per channel.</summary>
    /// <param name="channels">How many channels at most, from the first; 16 by default.</param>
    /// <param name="scale">Every pixel becomes a square of so many pixels; by default so many that an image is about 64 pixels wide.</param>
    /// <returns>uint8, <c>(height, width, 3)</c>.</returns>
    /// <exception cref="KerasException">A number is not positive, or the data are no images.</exception>
    public Tensor Grid(int channels = 16, int? scale = null)
    {
        if (channels < 1) throw Throw.NotPositive(nameof(channels), channels);
        using var scope = torch.NewDisposeScope();
        ImageGrid? grid = null;
        var (rows, count) = ((int)Math.Min(channels, Values.shape[0]), (int)Values.shape[1]);
        for (var channel = 0; channel < rows; channel++)
        {
            for (var rank = 0; rank < count; rank++)
            {
                var image = ImageModel.ChannelsLast(Image(channel, rank).unsqueeze(0), _format).squeeze(0);
                grid ??= new ImageGrid(count, scale ?? MapSheet.Scale(image.shape[0], image.ndim > 1 ? image.shape[1] : 1), 6, $"{Layer.Name}: the images that excite each channel most");
                var value = Values[channel, rank].to_type(ScalarType.Float32).item<float>();
                grid.Add(Pictures.ToBytes(Pictures.ToRgb(image)), "gray", string.Create(CultureInfo.InvariantCulture, $"{channel}: {value:0.##}"));
            }
        }
        return grid!.ToTensor().MoveToOuterDisposeScope();
    }

    /// <summary>Frees the tensors now instead of with their scope or at a garbage collection.</summary>
    public void Dispose()
    {
        Values.Dispose();
        Indices.Dispose();
        foreach (var image in _images.Values) image.Dispose();
    }

    /// <summary>Watches a layer over batches; each is made inside a dispose scope of its own.</summary>
    internal static TopImages Find(Model model, LayerSelector layer, IEnumerable<Tensor> batches, int count, int channels)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(layer);
        if (count < 1) throw Throw.NotPositive(nameof(count), count);
        if (channels < 1) throw Throw.NotPositive(nameof(channels), channels);
        var reader = new LayerReader(model, layer);
        var format = ImageModel.FormatOf(model);
        using var gradients = torch.no_grad();
        using var outer = torch.NewDisposeScope();
        var images = new Dictionary<long, Tensor>();
        Tensor? values = null, indices = null;
        long seen = 0;
        using var source = batches.GetEnumerator();
        while (true)
        {
            using var scope = torch.NewDisposeScope();
            if (!source.MoveNext()) break;
            var batch = source.Current;
            var answers = Excitations(reader.Layers[0], reader.Read(ImageModel.Batch(model, batch, out var isSingle))[0], format, channels);
            if (isSingle) batch = batch.unsqueeze(0);
            var numbers = torch.arange(seen, seen + answers.shape[0], 1, ScalarType.Int64).unsqueeze(1).expand(answers.shape);
            var (allValues, allNumbers) = values is null ? (answers, numbers) : (torch.cat([values, answers], 0), torch.cat([indices!, numbers], 0));
            var (best, places) = allValues.topk((int)Math.Min(count, allValues.shape[0]), 0, true, true);
            values?.Dispose();
            indices?.Dispose();
            (values, indices) = (best.MoveToOuterDisposeScope(), allNumbers.gather(0, places).MoveToOuterDisposeScope());
            Keep(images, batch, seen, indices);
            seen += answers.shape[0];
        }
        if (values is null) throw Throw.NoImages(model);
        foreach (var image in images.Values) image.MoveToOuterDisposeScope();
        return new(reader.Layers[0], values.t().contiguous().MoveToOuterDisposeScope(), indices!.t().contiguous().MoveToOuterDisposeScope(), images, format);
    }

    /// <summary>(n, channels) on the CPU.</summary>
    private static Tensor Excitations(Layer layer, Tensor answer, DataFormat format, int channels)
    {
        var strongest = answer.ndim switch
        {
            4 => ImageModel.ChannelsLast(answer, format).amax([1, 2], false),
            3 => answer.amax([1], false),
            2 => answer,
            _ => throw Throw.NoPictureOf(layer, answer),
        };
        return strongest.narrow(1, 0, Math.Min(channels, strongest.shape[1])).cpu();
    }

    /// <summary>Copies the images of this batch that are among the best, and lets go of those that no longer are.</summary>
    private static void Keep(Dictionary<long, Tensor> images, Tensor batch, long first, Tensor indices)
    {
        var wanted = indices.contiguous().data<long>().ToArray().ToHashSet();
        foreach (var gone in images.Keys.Where(k => !wanted.Contains(k)).ToList())
        {
            images[gone].Dispose();
            images.Remove(gone);
        }
        foreach (var number in wanted.Where(n => n >= first))
        {
            images[number] = batch[number - first].detach().cpu().clone().MoveToOuterDisposeScope();
        }
    }
}
