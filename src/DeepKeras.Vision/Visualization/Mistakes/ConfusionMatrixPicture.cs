using System.Globalization;
using DeepKeras.Inspection;

namespace DeepKeras.Vision.Visualization;

/// <summary>A confusion matrix as a picture: rows are the true classes, columns what was recognised, hits blue, mistakes red; on the right the share of each class that was recognised.</summary>
/// <remarks>
/// <code>
/// var matrix = ConfusionMatrix.Of(yTest, model.Predict(xTest), classNames);
/// ImageFile.Save("confusion.png", ConfusionMatrixPicture.Of(matrix));
/// </code>
/// </remarks>
public static class ConfusionMatrixPicture
{
    private static readonly Colour s_hit = new(8, 69, 148);
    private static readonly Colour s_mistake = new(178, 24, 43);

    /// <summary>Draws the matrix.</summary>
    /// <param name="matrix">What was counted.</param>
    /// <param name="percentages">Whether cells show percentages of their row instead of counts. The colours always follow the percentages; those of mistakes their square root, so that rare ones show.</param>
    /// <param name="caption">A line above the whole; by default the accuracy.</param>
    /// <param name="scale">The side of the dots that letters are made of, at least 1; everything else grows with it.</param>
    /// <returns>uint8 <c>(height, width, 3)</c>.</returns>
    /// <exception cref="KerasException"><paramref name="scale"/> is not positive.</exception>
    public static Tensor Of(ConfusionMatrix matrix, bool percentages = false, string? caption = null, int scale = 2)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (scale < 1) throw Throw.PictureArgument(nameof(ConfusionMatrixPicture), nameof(scale), "at least 1", scale);
        var names = matrix.ClassNames.Take(matrix.Classes).ToArray();
        var texts = new string[matrix.Classes, matrix.Classes];
        var longest = 4;
        for (var row = 0; row < matrix.Classes; row++)
        {
            for (var column = 0; column < matrix.Classes; column++)
            {
                texts[row, column] = percentages ? Percent(matrix, row, column) : matrix[row, column].ToString(CultureInfo.InvariantCulture);
                longest = Math.Max(longest, texts[row, column].Length);
            }
        }
        caption ??= string.Create(CultureInfo.InvariantCulture, $"{100 * matrix.Accuracy:0.0}% of {matrix.Total:N0} recognised");
        return new Layout(scale, names, longest).Draw(matrix, texts, caption);
    }

    private static string Percent(ConfusionMatrix matrix, int row, int column)
    {
        var share = Share(matrix, row, column);
        return share is > 0 and < 0.005 ? "<1%" : string.Create(CultureInfo.InvariantCulture, $"{share * 100:0}%");
    }

    private static double Share(ConfusionMatrix matrix, int row, int column)
    {
        var sum = Enumerable.Range(0, matrix.Classes).Sum(c => matrix[row, c]);
        return sum == 0 ? 0 : matrix[row, column] / (double)sum;
    }

    /// <summary>Where things stand.</summary>
    private sealed class Layout
    {
        private readonly int _scale;
        private readonly string[] _names;
        private readonly int _gap;
        private readonly int _line;
        private readonly int _cell;
        private readonly int _left;
        private readonly int _top;
        private readonly bool _upwards;

        public Layout(int scale, string[] names, int longest)
        {
            (_scale, _names) = (scale, names);
            _gap = 4 * scale;
            _line = RasterCanvas.LineHeight(scale);
            _cell = RasterCanvas.Length(new string('0', longest), scale) + (2 * _gap);
            var widest = names.Max(n => RasterCanvas.Length(n, scale));
            _upwards = widest > _cell - scale;
            _left = _gap + _line + _gap + widest + _gap;
            _top = _gap + _line + _gap + _line + _gap + (_upwards ? widest : _line) + _gap;
        }

        public Tensor Draw(ConfusionMatrix matrix, string[,] texts, string caption)
        {
            var side = _cell * _names.Length;
            var recall = RasterCanvas.Length("recall", _scale);
            var canvas = new RasterCanvas(_top + side + (2 * _gap), _left + side + _gap + recall + (2 * _gap));
            canvas.Write(caption, _gap, _gap, canvas.Width - (2 * _gap), _scale, RasterCanvas.Ink);
            Centred(canvas, "recognised as", _gap + _line + _gap, _left, side);
            var room = RasterCanvas.Length("true class", _scale);
            canvas.WriteUpwards("true class", _top + ((side + room) / 2), _gap, side, _scale, RasterCanvas.Ink);
            canvas.Write("recall", _top - _line - _gap, _left + side + _gap, recall, _scale, RasterCanvas.Ink);
            for (var i = 0; i < _names.Length; i++)
            {
                var middle = (_cell - (7 * _scale)) / 2;
                canvas.Write(_names[i], _top + (i * _cell) + middle, _left - _gap - RasterCanvas.Length(_names[i], _scale), _left, _scale, RasterCanvas.Ink);
                if (_upwards) canvas.WriteUpwards(_names[i], _top - _gap, _left + (i * _cell) + middle, _top, _scale, RasterCanvas.Ink);
                else Centred(canvas, _names[i], _top - _line, _left + (i * _cell), _cell);
                canvas.Write(Percent(matrix, i, i), _top + (i * _cell) + middle, _left + side + _gap, recall + _gap, _scale, RasterCanvas.Ink);
                for (var j = 0; j < _names.Length; j++) Cell(canvas, i, j, texts[i, j], Share(matrix, i, j), matrix[i, j]);
            }
            return canvas.ToTensor();
        }

        private void Cell(RasterCanvas canvas, int row, int column, string text, double share, long count)
        {
            var colour = row == column ? Colour.Between(RasterCanvas.White, s_hit, share) : Colour.Between(RasterCanvas.White, s_mistake, Math.Sqrt(share));
            var (y, x) = (_top + (row * _cell), _left + (column * _cell));
            canvas.Fill(y, x, _cell - 1, _cell - 1, count == 0 ? new Colour(246, 246, 246) : colour);
            var ink = count == 0 ? new Colour(190, 190, 190) : colour.IsDark ? RasterCanvas.White : RasterCanvas.Ink;
            canvas.Write(text, y + ((_cell - (7 * _scale)) / 2), x + ((_cell - RasterCanvas.Length(text, _scale)) / 2), _cell, _scale, ink);
        }

        private void Centred(RasterCanvas canvas, string text, int y, int x, int width) =>
            canvas.Write(text, y, x + Math.Max(0, (width - RasterCanvas.Length(text, _scale)) / 2), width, _scale, RasterCanvas.Ink);
    }
}
