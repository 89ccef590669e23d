using System.Globalization;
using System.Text;

namespace TorchSharp;

public static partial class torch
{
    // Text for people.
    public partial class Tensor
    {
        public override string ToString() => IsInvalid ? "[disposed]" : $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";

        public string ToString(bool disamb, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
            ToString(TensorStringStyle.Default, fltFormat, width, cultureInfo, newLine);

        public string ToString(TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null)
        {
            if (IsInvalid || style == TensorStringStyle.Metadata) return ToString();
            using var scope = NewDisposeScope();
            var text = new StringBuilder();
            var local = detach().cpu();
            Write(text, is_floating_point() ? local.@double() : local.@long(), fltFormat ?? "g5", cultureInfo ?? CultureInfo.InvariantCulture, newLine ?? Environment.NewLine, 0);
            return $"{ToString()}{newLine ?? Environment.NewLine}{text}";
        }

        private static void Write(StringBuilder text, Tensor tensor, string format, CultureInfo culture, string newLine, int depth)
        {
            const int Edge = 3;
            const int Long = 12;
            if (tensor.ndim == 0)
            {
                text.Append(tensor.dtype == ScalarType.Int64 ? tensor.item<long>().ToString(culture) : tensor.item<double>().ToString(format, culture));
                return;
            }

            var count = tensor.size(0);
            text.Append('[');
            for (long i = 0; i < count; i++)
            {
                if (i > 0) text.Append(tensor.ndim == 1 ? ", " : $",{newLine}{new string(' ', depth + 1)}");
                if (count > Long && i == Edge)
                {
                    text.Append("...");
                    i = count - Edge - 1;
                    continue;
                }

                using var part = tensor.select(0, i);
                Write(text, part, format, culture, newLine, depth + 1);
            }

            text.Append(']');
        }
    }
}
