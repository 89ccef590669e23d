namespace DeepKeras.Vision.Visualization;

/// <summary>The classic five by seven dot letters of small displays, for captions.</summary>
internal static class BitmapFont
{
    /// <summary>Dots from one letter to the next.</summary>
    public const int Advance = 6;

    /// <summary>Dots from one line to the next.</summary>
    public const int LineHeight = 10;

    private const int Columns = 5;
    private const int Rows = 8;
    private const char First = ' ';
    private const char Last = '~';

    // Per letter from space to tilde five columns; the lowest bit is the topmost dot, the highest the descender.
    private const string Dots =
        "000000000000005F00000007000700147F147F14242A7F2A12231308646236495620500008070300001C2241000041221C002A1C7F1C2A08083E08080080703000080808080800006060002010080402" +
        "3E5149453E00427F400072494949462141494D331814127F1027454545393C4A49493141211109073649494936464949291E000014000000403400000008142241141414141400412214080201590906" +
        "3E415D594E7C1211127C7F494949363E414141227F4141413E7F494949417F090909013E414151737F0808087F00417F41002040413F017F081422417F404040407F021C027F7F0408107F3E4141413E" +
        "7F090909063E4151215E7F09192946264949493203017F01033F4040403F1F2040201F3F4038403F631408146303047804036159494D43007F4141410204081020004141417F04020102044040404040" +
        "000307080020545478407F284444383844444428384444287F385454541800087E090218A4A49C787F0804047800447D40002040403D007F1028440000417F40007C047804787C080404783844444438" +
        "FC1824241818242418FC7C08040408485454542404043F44243C4040207C1C2040201C3C4030403C44281028444C9090907C4464544C440008364100000077000000413608000201020402";

    private static readonly byte[] s_dots = Convert.FromHexString(Dots);
    private static readonly byte[] s_times = [0x22, 0x14, 0x08, 0x14, 0x22];
    private static readonly byte[] s_ellipsis = [0x40, 0x00, 0x40, 0x00, 0x40];
    private static readonly byte[] s_arrow = [0x08, 0x08, 0x2A, 0x1C, 0x08];

    /// <summary>Calls <paramref name="dot"/> for every dot of a text, cut with an ellipsis where it is wider than there is room.</summary>
    /// <param name="text">One line; what the font lacks shows as a question mark.</param>
    /// <param name="room">Dots that there is room for.</param>
    /// <param name="dot">Gets column and row.</param>
    public static void Draw(string text, int room, Action<int, int> dot)
    {
        var fitting = Math.Max(0, (room + 1) / Advance);
        if (text.Length > fitting) text = fitting == 0 ? "" : text[..(fitting - 1)] + "…";
        for (var i = 0; i < text.Length; i++)
        {
            var letter = Letter(text[i]);
            for (var column = 0; column < Columns; column++)
            {
                for (var row = 0; row < Rows; row++)
                {
                    if ((letter[column] >> row & 1) != 0) dot((i * Advance) + column, row);
                }
            }
        }
    }

    private static ReadOnlySpan<byte> Letter(char letter) => letter switch
    {
        '×' => s_times,
        '…' => s_ellipsis,
        '→' => s_arrow,
        '–' => s_dots.AsSpan(('-' - First) * Columns, Columns),
        >= First and <= Last => s_dots.AsSpan((letter - First) * Columns, Columns),
        _ => s_dots.AsSpan(('?' - First) * Columns, Columns),
    };
}
