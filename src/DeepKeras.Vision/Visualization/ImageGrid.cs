namespace DeepKeras.Vision.Visualization;

/// <summary>Pictures and activation maps side by side as one picture, with captions.</summary>
/// <remarks>
/// A map of any range is stretched so that its least value gets the first colour and its greatest the last.
/// <code>
/// var grid = new ImageGrid(columns: 3, scale: 4, caption: "What the first convolution sees");
/// grid.Add(image, caption: "input");
/// for (var channel = 0; channel &lt; 2; channel++) grid.Add(maps[0, .., .., channel], "viridis", $"map {channel + 1}");
/// grid.Save("maps.png");
/// </code>
/// </remarks>
public sealed class ImageGrid
{
    private const int CaptionGap = 3;
    private const byte Paper = 255;
    private const byte Ink = 40;
    private readonly List<(byte[] Pixels, int Height, int Width, string? Caption)> _tiles = [];

    /// <summary>Creates an empty grid.</summary>
    /// <param name="columns">Pictures per row.</param>
    /// <param name="scale">Every pixel becomes a square of so many pixels; 1 by default.</param>
    /// <param name="gutter">Pixels between pictures and around them; 8 by default.</param>
    /// <param name="caption">A line above the whole; none by default.</param>
    /// <exception cref="KerasException">A number is not positive.</exception>
    public ImageGrid(int columns, int scale = 1, int gutter = 8, string? caption = null)
    {
        if (columns < 1) throw Throw.GridSize(nameof(columns), columns);
        if (scale < 1) throw Throw.GridSize(nameof(scale), scale);
        if (gutter < 1) throw Throw.GridSize(nameof(gutter), gutter);
        Columns = columns;
        Scale = scale;
        Gutter = gutter;
        Caption = caption;
    }

    /// <summary>Pictures per row.</summary>
    public int Columns { get; }

    /// <summary>The side of the square that every pixel becomes.</summary>
    public int Scale { get; }

    /// <summary>Pixels between pictures and around them.</summary>
    public int Gutter { get; }

    /// <summary>The line above the whole.</summary>
    public string? Caption { get; }

    /// <summary>How many pictures there are.</summary>
    public int Count => _tiles.Count;

    /// <summary>Puts a picture into the next place, row by row.</summary>
    /// <param name="image">One channel, <c>(H, W)</c> or <c>(H, W, 1)</c>, of any range; or RGB, <c>(H, W, 3)</c>, as bytes or as numbers from 0 to 1.</param>
    /// <param name="colorMap">How one channel is coloured: one of <see cref="ColorMap.Names"/>; <c>"gray"</c> by default.</param>
    /// <param name="caption">A line below it; cut where it is too long.</param>
    /// <param name="range">The values that get the first and the last colour; by default the channel's own least and greatest.</param>
    /// <exception cref="KerasException">The tensor is no picture, or there is no such colour map.</exception>
    public void Add(Tensor image, string colorMap = "gray", string? caption = null, (double Low, double High)? range = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.ndim is not (2 or 3) || (image.ndim == 3 && image.shape[2] is not (1 or 3)) || image.numel() == 0) throw Throw.GridImage(image);
        using var scope = torch.NewDisposeScope();
        var isColour = image.ndim == 3 && image.shape[2] == 3;
        if (isColour) _ = ColorMap.Table(colorMap);
        var colours = isColour ? Colour(image.detach().cpu().to_type(ScalarType.Float32), image.dtype)
            : ColorMap.Apply(image.ndim == 3 ? image.squeeze(2) : image, colorMap, range?.Low, range?.High);
        var pixels = colours.contiguous().bytes.ToArray();
        _tiles.Add((pixels, (int)image.shape[0], (int)image.shape[1], caption));
    }

    /// <summary>The whole picture: uint8, <c>(height, width, 3)</c>.</summary>
    /// <exception cref="KerasException">There is no picture.</exception>
    public Tensor ToTensor()
    {
        if (_tiles.Count == 0) throw Throw.GridEmpty();
        var cellWidth = _tiles.Max(t => t.Width) * Scale;
        var cellHeight = _tiles.Max(t => t.Height) * Scale;
        var captionHeight = _tiles.Exists(t => t.Caption is not null) ? CaptionGap + BitmapFont.LineHeight : 0;
        var columns = Math.Min(Columns, _tiles.Count);
        var rows = (_tiles.Count + Columns - 1) / Columns;
        var top = Caption is null ? Gutter : Gutter + BitmapFont.LineHeight + Gutter;
        // The title shows whole: a grid that is narrower than its title gets more paper at its right.
        var paper = Math.Max(Gutter + (columns * (cellWidth + Gutter)), Caption is null ? 0 : (2 * Gutter) + (Caption.Length * BitmapFont.Advance));
        var canvas = new Canvas(top + (rows * (cellHeight + captionHeight + Gutter)), paper);
        if (Caption is not null) canvas.Write(Caption, Gutter, Gutter, canvas.Width - (2 * Gutter));
        for (var i = 0; i < _tiles.Count; i++)
        {
            var (pixels, height, width, caption) = _tiles[i];
            var y = top + (i / Columns * (cellHeight + captionHeight + Gutter));
            var x = Gutter + (i % Columns * (cellWidth + Gutter));
            canvas.Paint(pixels, height, width, Scale, y + ((cellHeight - (height * Scale)) / 2), x + ((cellWidth - (width * Scale)) / 2));
            if (caption is not null) canvas.Write(caption, y + cellHeight + CaptionGap, x, cellWidth);
        }
        return torch.tensor(canvas.Pixels, [canvas.Height, canvas.Width, 3], ScalarType.Byte);
    }

    /// <summary>Writes the whole picture to a file.</summary>
    /// <param name="path">A name that ends in .png, .jpg or .jpeg.</param>
    /// <exception cref="KerasException">There is no picture, or the file cannot be written.</exception>
    public void Save(string path)
    {
        using var image = ToTensor();
        ImageFile.Save(path, image);
    }

    private static Tensor Colour(Tensor values, ScalarType type) => (type == ScalarType.Byte ? values : values.mul(255)).clamp(0, 255).round().to_type(ScalarType.Byte);

    /// <summary>White paper that is painted on.</summary>
    private sealed class Canvas
    {
        public Canvas(int height, int width)
        {
            (Height, Width) = (height, width);
            Pixels = new byte[height * width * 3];
            Pixels.AsSpan().Fill(Paper);
        }

        public int Height { get; }

        public int Width { get; }

        public byte[] Pixels { get; }

        public void Paint(byte[] pixels, int height, int width, int scale, int y, int x)
        {
            for (var row = 0; row < height * scale; row++)
            {
                for (var column = 0; column < width * scale; column++)
                {
                    pixels.AsSpan(((row / scale * width) + (column / scale)) * 3, 3).CopyTo(Pixels.AsSpan((((y + row) * Width) + x + column) * 3));
                }
            }
        }

        public void Write(string text, int y, int x, int room) =>
            BitmapFont.Draw(text, room, (column, row) => Pixels.AsSpan((((y + row) * Width) + x + column) * 3, 3).Fill(Ink));
    }
}
