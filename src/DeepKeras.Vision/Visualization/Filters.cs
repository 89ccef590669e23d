using System.Globalization;
using DeepKeras.Inspection;
using DeepKeras.Layers;

namespace DeepKeras.Vision.Visualization;

/// <summary>The filters of a convolution as pictures.</summary>
/// <remarks>
/// Every filter is scaled by its own greatest magnitude. Filters over three input channels are shown in colour: medium gray is 0, and each of red, green and blue
/// is bright where its weight is positive and dark where it is negative. Filters over other numbers of channels are shown by one channel, or by the mean over
/// the channels, in a colour map that is centred on 0.
/// <code>ImageFile.Save("filters.png", Filters.Of(model, "conv2d"));</code>
/// </remarks>
public static class Filters
{
    /// <summary>Draws the filters of a layer.</summary>
    /// <param name="model">The model that the layer is in.</param>
    /// <param name="layer">A built convolution, by name, place or itself; by default the model's first.</param>
    /// <param name="slices">Whether every input channel of a filter is shown on its own, a row per filter; by default one picture per filter, the mean over its input channels.</param>
    /// <param name="filters">How many filters at most, from the first; 64 by default. The title says how many there are.</param>
    /// <param name="channels">How many input channels at most with <paramref name="slices"/>; 16 by default.</param>
    /// <param name="colorMap">For filters that are not in colour; <c>"bwr"</c> by default: blue is negative, white 0, red positive.</param>
    /// <param name="scale">Every weight becomes a square of so many pixels; by default so many that a filter is about 40 pixels wide.</param>
    /// <param name="captions">Whether each picture bears its filter's number and the whole a title.</param>
    /// <returns>uint8, <c>(height, width, 3)</c>.</returns>
    /// <exception cref="KerasException">The model has no such layer, the layer is no built convolution, or a number is not positive.</exception>
    public static Tensor Of(
        Model model,
        LayerSelector? layer = null,
        bool slices = false,
        int filters = 64,
        int channels = 16,
        string colorMap = "bwr",
        int? scale = null,
        bool captions = true)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Of(layer?.In(model) ?? LayerReader.LayersOf(model).FirstOrDefault(l => l is Conv2DBase) ?? throw Throw.NoConvolution(model), slices, filters, channels, colorMap, scale, captions);
    }

    /// <summary>Draws the filters of a layer.</summary>
    /// <param name="layer">A built <see cref="Conv2D"/>, <see cref="DepthwiseConv2D"/>, <see cref="Conv2DTranspose"/> or <see cref="SeparableConv2D"/> (its depthwise filters).</param>
    /// <param name="slices">Whether every input channel of a filter is shown on its own, a row per filter; by default one picture per filter, the mean over its input channels.</param>
    /// <param name="filters">How many filters at most, from the first; 64 by default. The title says how many there are.</param>
    /// <param name="channels">How many input channels at most with <paramref name="slices"/>; 16 by default.</param>
    /// <param name="colorMap">For filters that are not in colour; <c>"bwr"</c> by default: blue is negative, white 0, red positive.</param>
    /// <param name="scale">Every weight becomes a square of so many pixels; by default so many that a filter is about 40 pixels wide.</param>
    /// <param name="captions">Whether each picture bears its filter's number and the whole a title.</param>
    /// <returns>uint8, <c>(height, width, 3)</c>.</returns>
    /// <exception cref="KerasException">The layer is no built convolution, or a number is not positive.</exception>
    public static Tensor Of(Layer layer, bool slices = false, int filters = 64, int channels = 16, string colorMap = "bwr", int? scale = null, bool captions = true)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (filters < 1) throw Throw.NotPositive(nameof(filters), filters);
        if (channels < 1) throw Throw.NotPositive(nameof(channels), channels);
        using var gradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var kernel = Kernel(layer);
        var (height, width, inputs, all) = (kernel.shape[0], kernel.shape[1], kernel.shape[2], kernel.shape[3]);
        var count = (int)Math.Min(filters, all);
        var shownInputs = slices ? (int)Math.Min(channels, inputs) : 1;
        var title = $"{layer.Name}: {layer.GetType().Name}, {(count < all ? $"{count} of " : "")}{all} filter{(all == 1 ? "" : "s")} {height}×{width}×{inputs}";
        var size = scale ?? (int)Math.Max(1, 40 / Math.Max(height, width));
        var grid = new ImageGrid(slices ? shownInputs : MapSheet.Columns(count), size, captions ? 6 : 2, captions ? title : null);
        for (var filter = 0; filter < count; filter++)
        {
            var weights = kernel.select(3, filter);
            var name = filter.ToString(CultureInfo.InvariantCulture);
            for (var input = 0; input < shownInputs && slices; input++) Add(grid, weights.select(2, input), weights, colorMap, captions ? $"{name}/{input}" : null);
            if (slices) continue;
            var mean = inputs == 3 ? weights : weights.mean([2]);
            Add(grid, mean, mean, colorMap, captions ? name : null);
        }
        return grid.ToTensor().MoveToOuterDisposeScope();
    }

    /// <summary>(height, width, input channels of a filter, filters).</summary>
    private static Tensor Kernel(Layer layer)
    {
        if (layer is not Conv2DBase) throw Throw.NoFilters(layer, "is no convolution");
        if (!layer.IsBuilt || layer.Weights.Count == 0) throw Throw.NoFilters(layer, "has no weights yet");
        var kernel = layer.Weights[0].ToTensor().to_type(ScalarType.Float32);
        return layer switch
        {
            Conv2DTranspose => kernel.permute(0, 1, 3, 2),
            DepthwiseConv2D or SeparableConv2D => kernel.reshape(kernel.shape[0], kernel.shape[1], 1, -1),
            _ => kernel,
        };
    }

    private static void Add(ImageGrid grid, Tensor weights, Tensor filter, string colorMap, string? caption)
    {
        var magnitude = Math.Max(filter.abs().max().item<float>(), float.Epsilon);
        if (weights.ndim == 3) grid.Add(weights.div(2 * magnitude).add(0.5), "gray", caption);
        else grid.Add(weights, colorMap, caption, (-magnitude, magnitude));
    }
}
