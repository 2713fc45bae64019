import { DataTypes, Model } from 'sequelize';
import type { CreationOptional, InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `refresh_tokens`. */
export class RefreshTokenRow extends Model<
  InferAttributes<RefreshTokenRow>,
  InferCreationAttributes<RefreshTokenRow>
> {
  declare hash: Buffer;
  declare sessionId: string;
  declare createdAt: CreationOptional<Date>;
  declare expiresAt: Date;
  declare usedAt: Date | null;

  static define(db: Sequelize): void {
    RefreshTokenRow.init(
      {
        hash: { type: DataTypes.BLOB, primaryKey: true, allowNull: false },
        sessionId: {
          type: DataTypes.UUID,
          allowNull: false,
          references: { model: 'sessions', key: 'id' },
          onDelete: 'CASCADE',
          onUpdate: 'NO ACTION',
        },
        createdAt: { type: DataTypes.DATE(6), allowNull: false },
        expiresAt: { type: DataTypes.DATE(6), allowNull: false },
        usedAt: { type: DataTypes.DATE(6) },
      },
      { sequelize: db, tableName: 'refresh_tokens', modelName: 'refresh_tokens' },
    );
  }
}
