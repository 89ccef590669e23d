using DeepKeras.Layers;

namespace DeepKeras.Vision.Visualization;

/// <summary>A contact sheet: one photo, several times through each augmentation, so that one sees what a network will see.</summary>
/// <remarks>
/// <code>
/// AugmentationSheet.Of(ImageFile.Load("kangaroo.jpg", 3)).Save("augmentation.png");
/// AugmentationSheet.Of(photo, boxes, layers: [RandomRotation(0.1), RandomZoom(0.3)], draws: 8).Save("two.png");
/// </code>
/// </remarks>
public static class AugmentationSheet
{
    private const int Partners = 7;
    private static readonly float[] s_boxColour = [1, 0.85f, 0];

    /// <summary>The augmentations of DeepKeras in strengths in which one sees what they do, for images from 0 to 1.</summary>
    /// <param name="height">Rows of the images.</param>
    /// <param name="width">Columns of the images.</param>
    public static IReadOnlyList<Layer> AllLayers(int height, int width)
    {
        Numbers unit = [0, 1];
        var (rows, columns) = (height * 2 / 3, width * 2 / 3);
        return
        [
            new CenterCrop(rows, columns),
            new Resizing(height, height),
            new Resizing(height, height, padToAspectRatio: true, fillValue: 0.5, antialias: true),
            new AutoContrast(unit),
            new Equalization(unit),
            new ContrastLimitedAdaptiveHistogramEqualization(unit),
            new RandomInvert([1, 1], unit),
            new RandomGrayscale(1),
            new RandomFlip(),
            new RandomTranslation(0.3, 0.3),
            new RandomRotation(0.1),
            new RandomZoom(0.4),
            new RandomShear(0.4, 0.2),
            new RandomPerspective([1, 1], 0.6),
            new RandomElasticTransform([1, 1], [0.8, 1], valueRange: unit),
            new RandomCrop(rows, columns),
            new RandomContrast(0.8, unit),
            new RandomBrightness(0.4, unit),
            new RandomHue(0.6, unit),
            new RandomSaturation([0, 0.85], unit),
            new RandomColorJitter(unit, 0.2, 0.4, [0.3, 0.7], 0.3),
            new RandomColorDegeneration([0, 1], unit),
            new RandomGaussianBlur([1, 1], 7, [0.5, 1], unit),
            new RandomSharpness([0, 1], unit),
            new RandomPosterization([1, 5], unit),
            new Solarization(0.2, [0.3, 0.9], unit),
            new GaussianNoise(0.1),
            new RandomErasing([1, 1], valueRange: unit),
            new MixUp(1),
            new CutMix([1, 1]),
            new RandAugment(unit),
            new AugMix(unit, factor: 0.6),
        ];
    }

    /// <summary>Draws the sheet: first the photo, then each layer's results one after the other, row by row.</summary>
    /// <param name="photo">An RGB image <c>(H, W, 3)</c>, as bytes or as numbers from 0 to 1.</param>
    /// <param name="boxes">Boxes to take along, <c>(M, 4)</c> as <see cref="ImageSamples.Boxes"/> says; drawn where the layer moves them. None by default.</param>
    /// <param name="layers">The augmentations, for images from 0 to 1; <see cref="AllLayers"/> by default.</param>
    /// <param name="draws">How often the photo goes through each random layer; layers that always do the same are shown once. 4 by default.</param>
    /// <param name="partner">Another photo for <see cref="MixUp"/> and <see cref="CutMix"/>; by default the photo upside down.</param>
    /// <param name="columns">Pictures per row; 8 by default.</param>
    /// <param name="tileSize">Pixels of the longer side of a picture; 150 by default.</param>
    /// <returns>A grid to save or to add to.</returns>
    /// <exception cref="KerasException">The photo is no RGB image, the boxes do not fit, or a number is not positive.</exception>
    public static ImageGrid Of(Tensor photo, Tensor? boxes = null, IReadOnlyList<Layer>? layers = null, int draws = 4, Tensor? partner = null, int columns = 8, int tileSize = 150)
    {
        ArgumentNullException.ThrowIfNull(photo);
        if (photo.ndim != 3 || photo.shape[2] != 3 || photo.numel() == 0) throw Throw.SheetPhoto(photo);
        if (draws < 1) throw Throw.SheetSize(nameof(draws), draws);
        if (tileSize < 16) throw Throw.SheetSize(nameof(tileSize), tileSize);
        using var scope = torch.NewDisposeScope();
        var scale = (double)tileSize / Math.Max(photo.shape[0], photo.shape[1]);
        var (height, width) = (Math.Max(1, (int)Math.Round(photo.shape[0] * scale)), Math.Max(1, (int)Math.Round(photo.shape[1] * scale)));
        var tile = new Resizing(height, width, antialias: true).Apply(new ImageSamples(Unit(photo), Boxes: boxes));
        var other = partner is null ? tile.Images.flip(0) : new Resizing(height, width, cropToAspectRatio: true, antialias: true).Call(Unit(partner));
        var grid = new ImageGrid(columns, caption: null);
        grid.Add(Framed(tile.Images, tile.Boxes), caption: "photo");
        foreach (var layer in layers ?? AllLayers(height, width))
        {
            for (var i = 0; i < (IsFixed(layer) ? 1 : draws); i++)
            {
                var (image, moved) = Result(layer, tile, other);
                grid.Add(Framed(image, moved), caption: i == 0 ? layer.GetType().Name : " ");
            }
        }
        return grid;
    }

    private static (Tensor Image, Tensor? Boxes) Result(Layer layer, ImageSamples tile, Tensor other)
    {
        if (layer is MixUp or CutMix)
        {
            // Among so many partners the photo seldom meets itself.
            var batch = torch.stack([tile.Images, .. Enumerable.Repeat(other, Partners)], 0);
            return (layer.Call(batch, training: true)[0], null);
        }
        var samples = layer switch
        {
            ImageAugmentationLayer image => image.Apply(tile),
            Pipeline pipeline => pipeline.Apply(tile),
            _ => tile with { Images = layer.Call(tile.Images, training: true) },
        };
        return (samples.Images, samples.Boxes);
    }

    private static bool IsFixed(Layer layer) => layer is (ImageAugmentationLayer and not RandomAugmentationLayer) or RandomInvert { Factor: [1, 1] } or RandomGrayscale { Factor: 1 };

    private static Tensor Unit(Tensor photo) => photo.dtype == ScalarType.Byte ? photo.to(ScalarType.Float32).div(255) : photo.to(ScalarType.Float32);

    /// <summary>The picture with the outlines of its boxes, one pixel wide.</summary>
    private static Tensor Framed(Tensor image, Tensor? boxes)
    {
        var framed = image.clamp(0, 1).clone();
        if (boxes is null) return framed;
        var corners = boxes.to(ScalarType.Float64).cpu().data<double>().ToArray();
        var colour = torch.tensor(s_boxColour).to(framed.device);
        for (var i = 0; i + 3 < corners.Length; i += 4)
        {
            if (corners[i + 2] <= corners[i]) continue;
            var (left, right) = Ends(corners[i], corners[i + 2], framed.shape[1]);
            var (top, bottom) = Ends(corners[i + 1], corners[i + 3], framed.shape[0]);
            var inside = framed.narrow(0, top, bottom - top + 1).narrow(1, left, right - left + 1);
            foreach (var side in (Tensor[])[inside[0], inside[bottom - top], inside.select(1, 0), inside.select(1, right - left)]) _ = side.copy_(colour);
        }
        return framed;
    }

    private static (long First, long Last) Ends(double low, double high, long extent)
    {
        var first = Math.Clamp((long)low, 0, extent - 1);
        return (first, Math.Clamp((long)Math.Ceiling(high) - 1, first, extent - 1));
    }
}
