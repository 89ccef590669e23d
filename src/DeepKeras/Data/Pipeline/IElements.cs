namespace DeepKeras.Data;

/// <summary>Elements by number; reading is safe from several threads.</summary>
internal interface IElements<out T>
{
    T Get(long row);
}
